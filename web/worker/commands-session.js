/** The commands on data and run themselves: see session.js, which holds both. */

/** @satisfies {Partial<import("./commands.js").Handlers>} */
export const sessionHandlers = {
  catalogue: (session) => session.catalogue(),
  load: (session, command) => session.load(command),
  cancelLoad: (session) => session.cancelLoad(),
  prepare: (session, command) => session.prepare(command),
  run: (session, command) => session.run(command),
  pause: (session) => session.pause(),
  set: (session, command) => session.set(command),
  restoreBest: (session) => session.restoreBest(),
  rewind: (session, command) => session.rewind(command),
  snapshot: (session, command) => session.snapshot(command),
  resume: (session, command) => session.resume(command),
  checkGradient: (session) => session.checkGradient(),
  parameters: (session, { places }) => ({
    values: session.needRun().trainer.parametersAt(places),
  }),
  preview: (session, command) => session.preview(command),
};
