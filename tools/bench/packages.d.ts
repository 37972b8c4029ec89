// The packages of tools/bench are there only for ./run bench: their types are not asked for.
declare module "@jax-js/jax";
declare module "@tensorflow/tfjs-backend-cpu";
declare module "@tensorflow/tfjs-backend-wasm";
declare module "@tensorflow/tfjs-core";
declare module "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
declare module "@tensorflow/tfjs-core/dist/register_all_gradients.js";
declare module "@tensorflow/tfjs-layers";
declare module "d3-dsv";
declare module "papaparse";
declare module "udsv";
