package io.waybill.agent.cli;

/** What was asked cannot be done as asked; the message says what to ask instead. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
