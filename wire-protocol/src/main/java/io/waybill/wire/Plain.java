package io.waybill.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of free-form JSON maps: in the sender's order, which Map.copyOf forgets. */
final class Plain {

  private Plain() {}

  static Map<String, Object> copy(Map<String, Object> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
