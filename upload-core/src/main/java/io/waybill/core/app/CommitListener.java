package io.waybill.core.app;

import io.waybill.core.event.Facts;
import io.waybill.core.upload.TaskStatus;
import java.util.List;

/** Is told, after the commit, what was committed: where counters are counted. Never throws. */
@FunctionalInterface
public interface CommitListener {

  CommitListener NONE = facts -> {};

  void committed(Facts facts);

  /**
   * Tasks that the commit brought to an end, each by the status it ended in: COMPLETED, FAILED or
   * CANCELLED. A task whose object is retried goes on, and may end again.
   */
  default void ended(List<TaskStatus> tasks) {}
}
