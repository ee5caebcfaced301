package io.waybill.hivemq;

/**
 * Somebody who is connected wants to use a topic.
 *
 * @param action {@code publish} or {@code subscribe}, as control-api knows them
 * @param topic or the filter
 */
record TopicUse(String clientId, String action, String topic, boolean isRetained) {
  private static final int UUID_LENGTH = 36;

  /** A device is let in only under its own id, alone or with something behind it. */
  String user() {
    return clientId.length() < UUID_LENGTH ? clientId : clientId.substring(0, UUID_LENGTH);
  }
}
