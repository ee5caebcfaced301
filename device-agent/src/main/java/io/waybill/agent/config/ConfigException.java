package io.waybill.agent.config;

/** A setting cannot be used; the message names file, key and line, and says what it should be. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message);
  }
}
