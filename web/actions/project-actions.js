/**
 * Makes a project file of the page, and the page of a project file.
 */
import { pageKeys } from "./address.js";
import { t } from "../text/i18n.js";
import { messageOf } from "./notices.js";
import { decodeProject, encodeProject } from "./project.js";
import { courseOf, describeRun, reviveRun } from "../runs.js";
import { formatLink, linkPairs, mergeValues, readPairs, splitPage } from "../settings.js";

/** @import { Context } from "../views/parts/fields.js" */

/** @param {Context} context @param {boolean} withData the person's own file too */
export async function makeProject({ state, actions }, withData) {
  await actions.keepCurrent();
  const { source, table, settings, runs } = state;
  const file =
    withData && source.value
      ? {
          name: source.value.name,
          fingerprint: table.value?.fingerprint ?? "",
          blob: source.value.blob,
        }
      : null;
  return encodeProject({
    link: formatLink(settings.value, pageKeys(state)),
    runs: runs.value
      .filter((run) => run.begun)
      .map((run) => ({ description: describeRun(run), course: courseOf(run) })),
    file,
  });
}

/** @param {Context} context @param {Blob} blob @param {string} name */
export async function openProject({ state, actions }, blob, name) {
  try {
    const { link, runs, file } = await decodeProject(blob);
    actions.adoptRuns(runs.map(({ description, course }) => reviveRun(description, course)));
    if (file) {
      const { page, pairs } = splitPage(linkPairs(link));
      const { values } = readPairs(pairs, state.index.value);
      const source = { name: file.name, blob: file.blob, example: !page.own };
      const given = mergeValues({}, values, state.index.value);
      await actions.openSource(source, given, file.fingerprint);
    } else {
      await actions.openLink(link);
    }
    actions.offer({
      key: "project",
      text: t("{file} was opened: {runs}.", {
        file: name,
        runs: t("{n} runs", { n: runs.length }),
      }),
      actions: [],
      milliseconds: 8000,
    });
  } catch (error) {
    actions.notify("file", `${name}: ${messageOf(error)}`);
  }
}
