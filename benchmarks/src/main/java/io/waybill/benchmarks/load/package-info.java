/** Round trips through a whole installation, beside what its broker and its database can do. */
@NullMarked
package io.waybill.benchmarks.load;

import org.jspecify.annotations.NullMarked;
