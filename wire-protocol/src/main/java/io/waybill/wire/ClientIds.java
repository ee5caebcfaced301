package io.waybill.wire;

import java.util.UUID;
import java.util.regex.Pattern;

/** Client ids of devices. Whoever presents one owns its session and its queued answers. */
public final class ClientIds {
  /** After the device's id: nothing, or a dash and up to 32 letters or digits. */
  private static final Pattern SUFFIX = Pattern.compile("(-[A-Za-z0-9]{1,32})?");

  private ClientIds() {}

  /** Whether this device may be connected under this client id. */
  public static boolean isOf(UUID deviceId, String clientId) {
    String id = deviceId.toString();
    return clientId.startsWith(id) && SUFFIX.matcher(clientId.substring(id.length())).matches();
  }
}
