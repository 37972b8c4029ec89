/** The settings that a data set depends on. */

/** Parts of the catalogue that a data set is made from; other settings leave it as it is. */
const DATASET_PARTS = ["data", "split", "scaler"];

/** @param {import("../protocol-catalogue.js").Catalogue} catalogue */
export function datasetKeys({ families, groups }) {
  const isPart = (/** @type {{ key: string }} */ { key }) => DATASET_PARTS.includes(key);
  const params = [
    ...groups.filter(isPart).flatMap((group) => group.params),
    ...families.filter(isPart).flatMap((family) => family.params),
    ...families.filter(isPart).flatMap(({ rows }) => rows.flatMap((row) => row.params)),
  ];
  const choices = families.filter(isPart).map(({ key }) => key);
  return [...choices, ...params.map(({ setting }) => setting)];
}
