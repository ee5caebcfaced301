package io.waybill.hivemq;

/**
 * Somebody who connects.
 *
 * @param user the name that they give, which is that of their session only if the registry says so
 * @param address where they are
 */
public record Visitor(String clientId, String user, String password, String address) {
  private static final int ID_LENGTH = 36;
  private static final int LONGEST_CLIENT_ID = ID_LENGTH + 33;
  private static final int LONGEST_CREDENTIAL = 4096;

  /** Whoever cannot be a device is not worth a question. */
  boolean mayBeDevice() {
    return user.length() == ID_LENGTH
        && clientId.startsWith(user)
        && clientId.length() <= LONGEST_CLIENT_ID
        && password.length() <= LONGEST_CREDENTIAL;
  }

  @Override
  public String toString() {
    return "Visitor[" + user + ", " + clientId + ", " + address + "]";
  }
}
