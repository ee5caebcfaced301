/**
 * The images and the composed system: what their files say, and what they do where there are
 * containers.
 */
@NullMarked
package io.waybill.acceptance.containers;

import org.jspecify.annotations.NullMarked;
