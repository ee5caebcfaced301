package io.waybill.simulator;

/** What a device has published once; two of the same words are two. */
final class Message {

  private final String topic;
  private final Wish wish;
  private final byte[] payload;

  Message(String topic, Wish wish, byte[] payload) {
    this.topic = topic;
    this.wish = wish;
    this.payload = payload;
  }

  String topic() {
    return topic;
  }

  String id() {
    return wish.id();
  }

  byte[] payload() {
    return payload;
  }

  /** What it asks for. */
  Wish wish() {
    return wish;
  }

  /** Whether something is to be done; who only looks loses nothing with the answer. */
  boolean changes() {
    return wish.goal() != Wish.Goal.LOOK;
  }
}
