/**
 * All tests of the compiler, in one module: what they share is loaded once, where
 * each file that runs by itself loads it again.
 *
 * @module
 */
import "./engine/compile/code/bytes_test.ts";
import "./engine/compile/code/code_test.ts";
import "./engine/compile/code/lane_arithmetic_test.ts";
import "./engine/compile/code/lanes_test.ts";
import "./engine/compile/code/opcodes_test.ts";
import "./engine/compile/code/wasm_test.ts";
import "./engine/compile/compile_test.ts";
import "./engine/compile/compiled_update_test.ts";
import "./engine/compile/functions/arctangent_test.ts";
import "./engine/compile/functions/error_function_test.ts";
import "./engine/compile/functions/exponential_test.ts";
import "./engine/compile/functions/functions_test.ts";
import "./engine/compile/functions/hyperbolic_test.ts";
import "./engine/compile/functions/instructions_test.ts";
import "./engine/compile/functions/logarithm_test.ts";
import "./engine/compile/functions/power_test.ts";
import "./engine/compile/functions/trigonometry_test.ts";
import "./engine/compile/kernels/adjoints_test.ts";
import "./engine/compile/kernels/alone_test.ts";
import "./engine/compile/kernels/batches_test.ts";
import "./engine/compile/kernels/elementwise_test.ts";
import "./engine/compile/kernels/generate_test.ts";
import "./engine/compile/kernels/kernel_code_test.ts";
import "./engine/compile/kernels/layers_alone_test.ts";
import "./engine/compile/kernels/layers_test.ts";
import "./engine/compile/kernels/linear_test.ts";
import "./engine/compile/kernels/lists_test.ts";
import "./engine/compile/kernels/needs_test.ts";
import "./engine/compile/kernels/neighbours_test.ts";
import "./engine/compile/kernels/site_test.ts";
import "./engine/compile/kernels/tiles_test.ts";
import "./engine/compile/listing/listing_names_test.ts";
import "./engine/compile/listing/listing_test.ts";
import "./engine/compile/listing/listing_view_test.ts";
import "./engine/compile/plan/alone_test.ts";
import "./engine/compile/plan/memory_test.ts";
import "./engine/compile/plan/nodes_test.ts";
import "./engine/compile/plan/plan_test.ts";
import "./engine/compile/plan/sequences_test.ts";
import "./engine/compile/program_test.ts";
import "./engine/compile/properties_test.ts";
import "./engine/compile/run/batch_order_test.ts";
import "./engine/compile/run/crew_test.ts";
import "./engine/compile/run/instance_test.ts";
import "./engine/compile/run/machine_test.ts";
import "./engine/compile/size_test.ts";
import "./engine/compile/special_values_test.ts";
import "./engine/compile/standalone_page_test.ts";
import "./engine/compile/standalone_test.ts";
import "./engine/compile/training_test.ts";
import "./engine/compile/update_test.ts";
