package io.waybill.simulator;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.AcknowledgeParts;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.ExtendUpload;
import io.waybill.core.upload.usecase.ListParts;
import io.waybill.core.upload.usecase.ListUploadTasks;
import io.waybill.core.upload.usecase.MoveTask;
import io.waybill.core.upload.usecase.MoveTask.Move;
import io.waybill.core.upload.usecase.PauseUpload;
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.upload.usecase.ResumeUpload;
import io.waybill.core.upload.usecase.RetryObject;
import io.waybill.core.upload.usecase.UploadUseCases;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is wanted, as a call of the use cases. */
record Asking(UploadUseCases cases, Caller caller, Wish wish) {

  private static final int ROWS = 1000;

  /** The call itself, to be made in the process that has these use cases. */
  Supplier<Verdict<?>> call() {
    return switch (wish.goal()) {
      case CREATE -> () -> cases.createUploadTask().handle(caller, key(), task(), AnswerLimit.NONE);
      case PRESIGN -> () -> cases.presignParts().handle(caller, presign());
      case ACKNOWLEDGE -> () -> cases.acknowledgeParts().handle(caller, acknowledge());
      case LOOK -> () -> cases.listParts().handle(caller, look());
      case EXTEND -> () -> cases.extendUpload().handle(caller, key(), extend());
      case PAUSE -> () -> cases.pauseUpload().handle(caller, key(), pause());
      case RESUME -> () -> cases.resumeUpload().handle(caller, key(), resume());
      case COMPLETE -> () -> cases.completeUpload().handle(caller, key(), complete());
      case ABORT -> () -> cases.abortUpload().handle(caller, key(), abort());
      case RETRY -> () -> cases.retryObject().handle(caller, key(), retry());
      case WATCH -> () -> cases.getSession().handle(caller, wish.about().session(), true);
      case TASK_PAUSE -> task(Move.PAUSE);
      case TASK_RESUME -> task(Move.RESUME);
      case TASK_CANCEL -> task(Move.CANCEL);
      case TASK_RETRY -> task(Move.RETRY);
      case TASK_LOOK ->
          () -> cases.getUploadTask().handle(caller, wish.about().project(), wish.about().task());
      case TASK_LIST -> () -> cases.listUploadTasks().handle(caller, list());
      case EVENTS -> () -> cases.listEvents().handle(caller, wish.about().session(), null, ROWS);
      case REST -> throw new IllegalStateException("nothing is wanted any more");
    };
  }

  private Supplier<Verdict<?>> task(Move move) {
    Wish.About about = wish.about();
    MoveTask.Request request =
        new MoveTask.Request(move, about.project(), about.task(), Wish.REASON);
    return () -> cases.moveTask().handle(caller, key(), request);
  }

  private RequestKey key() {
    return new RequestKey(wish.id(), true, null, () -> {});
  }

  private PresignParts.Request presign() {
    Wish.About about = wish.about();
    return new PresignParts.Request(
        about.session(), about.partNumbers(), null, true, Map.of(), AnswerLimit.NONE);
  }

  private AcknowledgeParts.Request acknowledge() {
    List<AcknowledgeParts.Part> sent =
        wish.about().partNumbers().stream()
            .map(n -> new AcknowledgeParts.Part(n, Wish.etag(n), Wish.PART_BYTES, null))
            .toList();
    return new AcknowledgeParts.Request(wish.about().session(), sent);
  }

  private ListParts.Request look() {
    return new ListParts.Request(
        wish.about().session(), ListParts.Source.RECONCILE, ROWS, null, true);
  }

  private ListUploadTasks.Request list() {
    return new ListUploadTasks.Request(wish.about().project(), null, null, null, null, ROWS);
  }

  private ExtendUpload.Request extend() {
    return new ExtendUpload.Request(wish.about().session(), Wish.EXTENSION_SECONDS, Wish.REASON);
  }

  private PauseUpload.Request pause() {
    return new PauseUpload.Request(
        wish.about().session(), Wish.REASON, PauseUpload.Inflight.ALLOW_FINISH);
  }

  private ResumeUpload.Request resume() {
    return new ResumeUpload.Request(wish.about().session(), Wish.REASON);
  }

  private CompleteUpload.Request complete() {
    return new CompleteUpload.Request(wish.about().session(), Map.of(), wish.about().checksum());
  }

  private AbortUpload.Request abort() {
    return new AbortUpload.Request(wish.about().session(), Wish.REASON);
  }

  private RetryObject.Request retry() {
    return new RetryObject.Request(wish.about().task(), wish.about().object());
  }

  private NewTask task() {
    Wish.About about = wish.about();
    List<NewTask.File> files =
        about.fileNames().stream()
            .map(file ->
                new NewTask.File(
                    null,
                    file,
                    about.fileBytes(),
                    Wish.TYPE,
                    Wish.PART_BYTES,
                    about.checksum(),
                    Map.of()))
            .toList();
    return new NewTask(
        about.project(),
        "run",
        "device",
        null,
        null,
        null,
        files,
        Map.of(),
        new NewTask.Presign(1, null, true));
  }
}
