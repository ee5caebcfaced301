/** Pages for people: what this is, whether it is well, and what can be asked. */
@NullMarked
package io.waybill.controlapi.pages;

import org.jspecify.annotations.NullMarked;
