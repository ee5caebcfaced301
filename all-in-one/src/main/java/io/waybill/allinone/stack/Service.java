package io.waybill.allinone.stack;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of the stack, in the order of starting; they stop in the reverse. */
public enum Service {
  POSTGRES,
  STORAGE,
  BROKER,
  CONTROL_API,
  GATEWAY;

  /** As the command line calls it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The part of this name. */
  public static Service of(String label) {
    return Arrays.stream(values())
        .filter(service -> service.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no service named '%s'; there are %s"
                    .formatted(
                        label,
                        Arrays.stream(values())
                            .map(Service::label)
                            .collect(Collectors.joining(", ")))));
  }
}
