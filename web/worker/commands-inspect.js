/** The commands that look inside a run without disturbing it. */

import { explain, inspect } from "./core-inspect.js";

/** @satisfies {Partial<import("./commands.js").Handlers>} */
export const inspectHandlers = {
  inspect: (session, command) => inspect(session.needRun().trainer, command),
  explain: (session, command) => explain(session.needRun().trainer, command),
};
