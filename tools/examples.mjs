// What the examples say of themselves.

/**
 * What the comment at the top of a .cfg file tells: a title, then a description, then "Source:" and
 * the rest, each of them over any number of lines.
 * @param {string} text of the file
 */
export function describeExample(text) {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const [title, ...rest] = lines.slice(0, end).map((line) => line.slice(1).trim());
  const [description, source = ""] = rest.join(" ").split(" Source: ");
  return { title, description, source };
}
