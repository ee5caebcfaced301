package io.waybill.acceptance.crash;

import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.app.UseCases;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.RetryObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A call that writes down what it intends, calls the store, and writes what the store said. */
enum Scenario {
  CREATE(0, false) {
    @Override
    Verdict<?> call(UseCases use, Victim victim) {
      return create(use, victim, null, 1);
    }
  },
  CREATE_THREE(0, false) {
    @Override
    Verdict<?> call(UseCases use, Victim victim) {
      return create(use, victim, null, 3);
    }
  },
  CREATE_WITH_URLS(0, false) {
    @Override
    Verdict<?> call(UseCases use, Victim victim) {
      return create(use, victim, new NewTask.Presign(1, null, true), 1);
    }
  },
  COMPLETE(1000, false) {
    @Override
    Verdict<?> call(UseCases use, Victim victim) {
      return complete(use, victim);
    }
  },
  COMPLETE_TWO_PARTS((5 << 20) + 17, false) {
    @Override
    Verdict<?> call(UseCases use, Victim victim) {
      return complete(use, victim);
    }
  },
  ABORT(1000, false) {
    @Override
    Verdict<?> call(UseCases use, Victim victim) {
      return use.uploads()
          .abortUpload()
          .handle(
              caller(use, victim),
              RequestKey.of(victim.name()),
              new AbortUpload.Request(victim.sessionId(), "no longer wanted"));
    }
  },
  RETRY(1000, true) {
    @Override
    Verdict<?> call(UseCases use, Victim victim) {
      return use.uploads()
          .retryObject()
          .handle(
              caller(use, victim),
              RequestKey.of(victim.name()),
              new RetryObject.Request(victim.taskId(), victim.objectId()));
    }
  },
  /** One round of the worker over the session that has been due for longest. */
  REDRIVE(0, false) {
    @Override
    Verdict<?> call(UseCases use, Victim victim) {
      return Verdict.ok(use.uploads().redrive().handle(1));
    }
  };

  static final long SMALL = 1000;

  /** The bytes that are in the store before the call; 0 when the call itself makes the upload. */
  final int preparedBytes;

  final boolean isAbortedBefore;

  Scenario(int preparedBytes, boolean isAbortedBefore) {
    this.preparedBytes = preparedBytes;
    this.isAbortedBefore = isAbortedBefore;
  }

  /** The call, again and again the same: the victim's name is its idempotency key. */
  abstract Verdict<?> call(UseCases use, Victim victim);

  /** What a call leaves behind when all is done. */
  boolean endsWithObject() {
    return this == COMPLETE || this == COMPLETE_TWO_PARTS;
  }

  static NewTask task(String name, NewTask.@Nullable Presign presign, int files, long bytes) {
    List<NewTask.File> objects =
        IntStream.range(0, files)
            .mapToObj(
                n -> new NewTask.File(null, "run-" + n, bytes, null, 5L << 20, null, Map.of()))
            .toList();
    return new NewTask(
        DevelopmentIdentities.PROJECT, name, "api", null, null, null, objects, Map.of(), presign);
  }

  private static Verdict<?> create(
      UseCases use, Victim victim, NewTask.@Nullable Presign presign, int files) {
    return use.uploads()
        .createUploadTask()
        .handle(
            caller(use, victim),
            RequestKey.of(victim.name()),
            task(victim.name(), presign, files, SMALL),
            AnswerLimit.NONE);
  }

  private static Verdict<?> complete(UseCases use, Victim victim) {
    return use.uploads()
        .completeUpload()
        .handle(
            caller(use, victim),
            RequestKey.of(victim.name()),
            new CompleteUpload.Request(victim.sessionId(), Map.of(), null));
  }

  static Caller caller(UseCases use, Victim victim) {
    Identity identity = value(use.access().authenticate().bearer(DevelopmentIdentities.API_KEY));
    return new Caller(identity, victim.name(), "http");
  }

  static <T> T value(Verdict<T> verdict) {
    return switch (verdict) {
      case Verdict.Ok<T>(T value) -> value;
      case Verdict.Refused<T>(Refusal refusal) -> throw new AssertionError("refused: " + refusal);
    };
  }
}
