/** Who works in a project, and as what: members by their roles, devices by being let in. */
@NullMarked
package io.waybill.core.member;

import org.jspecify.annotations.NullMarked;
