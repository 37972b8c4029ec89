// A spreadsheet of any size, made as the least that the format asks for.

import { deflateRawSync } from "node:zlib";

const DEFLATED = 8;

/** One file of a ZIP archive, without its check sum. @param {string} name @param {string} text @param {number} at */
function entry(name, text, at) {
  const content = deflateRawSync(text);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(Buffer.byteLength(text), 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), content]);
  const place = Buffer.alloc(14);
  place.writeUInt32LE(at, 10);
  const made = Buffer.from([20, 0]);
  const listed = [Buffer.from("PK\x01\x02"), made, fields, place, Buffer.from(name)];
  return { local, listed: Buffer.concat(listed) };
}

/** @param {Record<string, string>} files */
function archive(files) {
  let at = 0;
  const entries = Object.entries(files).map(([name, text]) => {
    const made = entry(name, text, at);
    at += made.local.length;
    return made;
  });
  const list = Buffer.concat(entries.map(({ listed }) => listed));
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([
    ...entries.map(({ local }) => local),
    list,
    Buffer.from("PK\x05\x06"),
    end,
  ]);
}

const SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

/**
 * One sheet of numbers under the names A, B, C, ...
 * @param {number} rows
 * @param {number} columns up to 26
 */
export function spreadsheet(rows, columns) {
  const names = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].slice(0, columns);
  const header = names.map((c) => `<c r="${c}1" t="inlineStr"><is><t>${c}</t></is></c>`).join("");
  const row = (/** @type {number} */ i) =>
    names.map((c, k) => `<c r="${c}${i}"><v>${((i * (k + 7)) % 9973) / 8}</v></c>`).join("");
  const below = Array.from({ length: rows }, (_, i) => `<row r="${i + 2}">${row(i + 2)}</row>`);
  return archive({
    "xl/workbook.xml": `<workbook xmlns="${SHEETS}" xmlns:r="${RELATIONS}"><sheets><sheet name="Numbers" sheetId="1" r:id="a"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}"><Relationship Id="a" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${SHEETS}"><sheetData><row r="1">${header}</row>${below.join("")}</sheetData></worksheet>`,
  });
}
