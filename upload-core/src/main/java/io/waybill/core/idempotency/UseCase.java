package io.waybill.core.idempotency;

import io.waybill.core.upload.Answer;

/** The use cases that remember their answers, and the type of each answer. */
public enum UseCase {
  CREATE_TASK(Answer.Task.class),
  PAUSE(Answer.Paused.class),
  RESUME(Answer.Resumed.class),
  COMPLETE(Answer.Completed.class),
  ABORT(Answer.Aborted.class),
  EXTEND(Answer.Extended.class),
  RETRY_OBJECT(Answer.TaskObject.class);

  private final Class<? extends Answer> answerType;

  UseCase(Class<? extends Answer> answerType) {
    this.answerType = answerType;
  }

  public Class<? extends Answer> answerType() {
    return answerType;
  }
}
