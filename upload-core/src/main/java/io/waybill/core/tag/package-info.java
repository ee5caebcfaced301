/** Tags: the words by which a project sorts its data, in categories. */
@NullMarked
package io.waybill.core.tag;

import org.jspecify.annotations.NullMarked;
