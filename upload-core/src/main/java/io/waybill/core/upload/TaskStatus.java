package io.waybill.core.upload;

import java.util.Collection;

/** Where a task stands: the first rule that matches its objects. */
public enum TaskStatus {
  PENDING,
  PROCESSING,
  PAUSED,
  FAILED,
  CANCELLED,
  COMPLETED;

  /** The aggregate over all objects of a task. A stored generated column says the same in SQL. */
  public static TaskStatus of(Collection<ObjectStatus> objects) {
    boolean pending = objects.contains(ObjectStatus.PENDING);
    if (objects.contains(ObjectStatus.UPLOADING) || objects.contains(ObjectStatus.COMPLETING)) {
      return PROCESSING;
    }
    if (objects.contains(ObjectStatus.PAUSED)) {
      return PAUSED;
    }
    if (pending) {
      return objects.stream().allMatch(o -> o == ObjectStatus.PENDING) ? PENDING : PROCESSING;
    }
    if (objects.contains(ObjectStatus.FAILED)) {
      return FAILED;
    }
    return objects.stream().allMatch(o -> o == ObjectStatus.CANCELLED) ? CANCELLED : COMPLETED;
  }
}
