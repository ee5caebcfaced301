package io.waybill.server.broker;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which users of a broker are devices: those whose name is an id as we write it. */
final class DeviceNames {
  private static final Predicate<String> CANONICAL =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").asMatchPredicate();

  private DeviceNames() {}

  static boolean isOne(String name) {
    return CANONICAL.test(name);
  }
}
