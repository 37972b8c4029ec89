/**
 * Elements and reactivity in a few lines: no framework, no markup from texts.
 */
import { computed, effect, signal, untracked } from "@preact/signals-core";
import { t } from "../../text/i18n.js";

/** Lists within lists are laid flat. @typedef {Node | string | null | undefined | false | Child[]} Child */

/** @type {(() => void)[] | null} */
let scope = null;

/**
 * @param {Element} element
 * @param {Record<string, any>} props attributes; "onx" is a listener, true an empty attribute
 */
function setProps(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children strings become text, never markup
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  setProps(element, props);
  append(element, children);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, props = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setProps(element, props);
  append(element, children);
  return element;
}

/** @param {Element} parent @param {Child[]} children */
export function append(parent, children) {
  for (const child of children) {
    if (Array.isArray(child)) {
      append(parent, child);
    } else if (child) {
      parent.append(child);
    }
  }
}

/** An effect that ends with the part of the page it was made for. @param {() => void} run */
export function watch(run) {
  const stop = effect(run);
  scope?.push(stop);
}

/** @param {(() => void)[]} stops */
function stopAll(stops) {
  stops.splice(0).forEach((stop) => stop());
}

/**
 * Fills `root` anew whenever what `read` gives changes; effects of the former content end.
 * @template T
 * @param {Element} root
 * @param {() => T} read a value compared by identity: a text, a number, an object of the state
 * @param {(value: T) => Child} build
 */
export function rebuild(root, read, build) {
  /** @type {(() => void)[]} */
  const stops = [];
  const value = computed(read);
  const stop = effect(() => {
    const now = value.value;
    untracked(() => {
      stopAll(stops);
      const outer = scope;
      scope = stops;
      const content = build(now);
      scope = outer;
      root.replaceChildren();
      append(root, [content]);
    });
  });
  scope?.push(stop, () => stopAll(stops));
}

const notLoaded = () =>
  h(
    "p",
    { class: "message", role: "alert" },
    t("This part of the page could not be loaded. Check the connection and reload the page."),
  );

/**
 * Fills `root` once `wanted` holds, with a part of the page that has to be loaded first.
 * @param {Element} root
 * @param {() => boolean} wanted
 * @param {() => Promise<() => Child>} load gives what builds the content
 */
export function mountLater(root, wanted, load) {
  const build = signal(/** @type {(() => Child) | null} */ (null));
  let asked = false;
  watch(() => {
    if (wanted() && !asked) {
      asked = true;
      load()
        .catch((error) => {
          reportError(error);
          return notLoaded;
        })
        .then((loaded) => (build.value = loaded));
    }
  });
  rebuild(
    root,
    () => build.value,
    (make) => make?.(),
  );
}

/**
 * Listens to a target that outlives the part of the page, and stops when the part ends.
 * @param {EventTarget} target
 * @param {string} type
 * @param {(event: any) => void} act
 */
export function listen(target, type, act) {
  target.addEventListener(type, act);
  whenGone(() => target.removeEventListener(type, act));
}

/** @param {() => void} act called when the part of the page that is being made ends */
export function whenGone(act) {
  scope?.push(act);
}

/** A text that follows the state. @param {Element} element @param {() => string} read */
export function bindText(element, read) {
  watch(() => {
    const text = read();
    if (element.textContent !== text) {
      element.textContent = text;
    }
  });
}

/** @param {HTMLElement} element @param {() => boolean} read whether it is there */
export function showWhen(element, read) {
  watch(() => {
    element.hidden = !read();
  });
}

/** @param {() => void} draw @returns {() => void} asks for one drawing in the next frame */
export function oncePerFrame(draw) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        draw();
      });
    }
  };
}

/** @param {number} ms @param {() => void} act @returns {() => void} asks for `act`, which comes at once or when `ms` have passed since it last came */
export function nowAndThen(ms, act) {
  let last = -Infinity;
  let timer = 0;
  const come = () => {
    last = performance.now();
    act();
  };
  return () => {
    clearTimeout(timer);
    const rest = last + ms - performance.now();
    if (rest > 0) {
      timer = window.setTimeout(come, rest);
    } else {
      come();
    }
  };
}
