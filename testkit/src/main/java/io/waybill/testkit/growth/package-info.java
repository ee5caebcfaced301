/** A tenant that grows, and every call whose cost must not grow with it. */
@NullMarked
package io.waybill.testkit.growth;

import org.jspecify.annotations.NullMarked;
