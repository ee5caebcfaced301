package io.waybill.testkit.simulation;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.AcknowledgeParts;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.PauseUpload;
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.upload.usecase.ResumeUpload;
import io.waybill.core.upload.usecase.RetryObject;
import io.waybill.core.upload.usecase.UploadUseCases;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a robot asks, as calls of the use cases. */
record Asking(UploadUseCases cases, Caller caller, RequestKey key, int parts) {

  /** What it asks about; null for what it has not been told of yet. */
  record About(
      String name, UUID project, @Nullable UUID taskId, Answer.@Nullable TaskObject object) {

    UUID session() {
      return some(object).sessionId();
    }
  }

  /** The call itself, to be made in the process that has these use cases. */
  Supplier<Verdict<?>> to(Robot.Goal goal, About about) {
    return switch (goal) {
      case CREATE ->
          () -> cases.createUploadTask().handle(caller, key, task(about), AnswerLimit.NONE);
      case PRESIGN ->
          () ->
              cases
                  .presignParts()
                  .handle(
                      caller,
                      new PresignParts.Request(
                          about.session(),
                          IntStream.rangeClosed(1, parts).boxed().toList(),
                          null,
                          true,
                          Map.of(),
                          AnswerLimit.NONE));
      case ACKNOWLEDGE ->
          () ->
              cases
                  .acknowledgeParts()
                  .handle(
                      caller,
                      new AcknowledgeParts.Request(
                          about.session(),
                          IntStream.rangeClosed(1, parts)
                              .mapToObj(n ->
                                  new AcknowledgeParts.Part(
                                      n, "\"etag-" + n + "\"", Robot.PART_BYTES, null))
                              .toList()));
      case PAUSE ->
          () ->
              cases
                  .pauseUpload()
                  .handle(
                      caller,
                      key,
                      new PauseUpload.Request(
                          about.session(), "lunch", PauseUpload.Inflight.ALLOW_FINISH));
      case RESUME ->
          () ->
              cases
                  .resumeUpload()
                  .handle(caller, key, new ResumeUpload.Request(about.session(), "back"));
      case COMPLETE ->
          () ->
              cases
                  .completeUpload()
                  .handle(caller, key, new CompleteUpload.Request(about.session(), Map.of(), null));
      case ABORT ->
          () ->
              cases
                  .abortUpload()
                  .handle(caller, key, new AbortUpload.Request(about.session(), "enough"));
      case RETRY ->
          () ->
              cases
                  .retryObject()
                  .handle(
                      caller,
                      key,
                      new RetryObject.Request(
                          some(about.taskId()), some(about.object()).objectId()));
      case REST -> throw new IllegalStateException("nothing is wanted any more");
    };
  }

  private NewTask task(About about) {
    NewTask.File file =
        new NewTask.File(
            null,
            about.name() + ".mcap",
            parts * Robot.PART_BYTES,
            "application/octet-stream",
            Robot.PART_BYTES,
            null,
            Map.of());
    return new NewTask(
        about.project(), "run", "device", null, null, null, List.of(file), Map.of(), null);
  }

  private static <T> T some(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("asked before there was one");
    }
    return value;
  }
}
