package io.waybill.controlapi.edge;

import io.waybill.core.access.ResourceKind;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A place in a template that takes an id.
 *
 * @param name as it stands in the template, {@code project_id}
 * @param kind what the id is of: one that is none names nothing, as an unknown one does
 */
record Variable(String name, ResourceKind kind) {

  private static final Pattern IN_BRACES = Pattern.compile("\\{([a-z_]+)}");

  /** In their order. */
  static List<Variable> of(String template) {
    return IN_BRACES.matcher(template).results().map(found -> named(found.group(1))).toList();
  }

  private static Variable named(String name) {
    ResourceKind kind =
        Arrays.stream(ResourceKind.values())
            .filter(one -> one.idField().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no resource has a " + name));
    return new Variable(name, kind);
  }
}
