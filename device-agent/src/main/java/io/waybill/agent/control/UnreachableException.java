package io.waybill.agent.control;

/** Nobody answered. The message says where we looked and what to do about it. */
public final class UnreachableException extends Exception {

  public UnreachableException(String message) {
    super(message);
  }

  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
