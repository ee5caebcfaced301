package io.waybill.controlapi.edge;

import io.waybill.core.access.Permission;
import java.util.List;

/** What whoever asks must have. The use case decides; a test holds what is said here against it. */
public sealed interface Needs {

  /** Nothing at all, not even a name. */
  record Nothing() implements Needs {}

  /** A bearer secret that we know; the answer is about the caller. */
  record Caller() implements Needs {}

  /** A bearer secret that we know; the answer holds what this permission shows. */
  record Sight(Permission of) implements Needs {}

  /**
   * A permission on the resource that the path names.
   *
   * @param oneOf any of which is enough; a refusal names the last
   */
  record Right(List<Permission> oneOf) implements Needs {
    public Right {
      oneOf = List.copyOf(oneOf);
    }
  }
}
