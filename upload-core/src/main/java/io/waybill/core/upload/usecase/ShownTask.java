package io.waybill.core.upload.usecase;

import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.upload.TaskAnswer;
import io.waybill.core.upload.TaskStore.TaskProgress;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A task as its caller may see it: without the objects whose dataset or session is denied it. */
final class ShownTask {

  private ShownTask() {}

  static TaskAnswer to(Identity identity, TaskProgress found, TaskAnswer whole, Instant now) {
    if (Authorizer.denied(identity, Permission.DATASET_VIEW, now).isEmpty()) {
      return whole; // who is denied nothing sees every object of a task that it sees
    }
    List<TaskAnswer.TaskObjectAnswer> shown =
        IntStream.range(0, whole.objects().size())
            .filter(i -> sees(identity, found.progress().get(i).session().upload().resource(), now))
            .mapToObj(i -> whole.objects().get(i))
            .toList();
    return whole.showing(shown);
  }

  private static boolean sees(Identity identity, Resource session, Instant now) {
    return Authorizer.allows(identity, Permission.DATASET_VIEW, session, now);
  }
}
