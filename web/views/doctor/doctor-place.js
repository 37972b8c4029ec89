/**
 * The place of the curve doctor, who is loaded with the first run.
 */
import { h, mountLater } from "../parts/dom.js";

/** @param {import("../parts/fields.js").Context} context */
export function mountDoctorPlace(context) {
  const { begun, ended } = context.state;
  const root = h("div", { id: "doctor" });
  mountLater(
    root,
    () => begun.value || ended.value,
    async () => {
      const { mountDoctor } = await import("./doctor.js");
      return () => mountDoctor(context);
    },
  );
  return root;
}
