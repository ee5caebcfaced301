package io.waybill.testkit.contract;

import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.ObjectStatus;
import org.jspecify.annotations.Nullable;

/** Answers with something in every field. */
final class Answers {

  private Answers() {}

  static Answer.TaskObject object(@Nullable LastError error) {
    return new Answer.TaskObject(
        Ids.next(),
        Ids.next(),
        Ids.next(),
        ObjectStatus.PENDING,
        /* instant= */ true,
        "Kamera.mcap",
        "robot-data",
        "tenants/x",
        150L << 20,
        64L << 20,
        3,
        null,
        World.BEGINNING.plusSeconds(86_400),
        86_400,
        error,
        null);
  }
}
