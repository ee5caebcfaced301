package io.waybill.controlapi.broker;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who is connected wants to use a topic, as EMQX tells it.
 *
 * @param action {@code publish} or {@code subscribe}
 * @param topic or the filter
 * @param retain whether the message shall be retained; a flag, or its text
 */
record TopicUse(
    @Nullable String username,
    @Nullable String clientid,
    @Nullable String action,
    @Nullable String topic,
    @Nullable Object retain) {

  boolean isRetained() {
    return retain != null && !retain.toString().equals("false");
  }
}
