/**
 * Who may be at a HiveMQ broker and what they may use there: in front of a registry in the same
 * process, or, as an extension that an administrator installs, by asking control-api.
 */
@NullMarked
package io.waybill.hivemq;

import org.jspecify.annotations.NullMarked;
