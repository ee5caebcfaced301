package io.waybill.postgres;

import io.waybill.core.idempotency.UseCase;
import io.waybill.core.upload.Answer;

/** Remembered answers as JSON. A URL is never among them, even if one is handed in. */
final class Answers {
  private Answers() {}

  static String write(Answer answer) {
    return Json.write(
        switch (answer) {
          case Answer.Task task ->
              task.withObjects(task.objects().stream().map(o -> o.withPresigned(null)).toList());
          case Answer.TaskObject object -> object.withPresigned(null);
          case Answer.Paused paused -> paused;
          case Answer.Resumed resumed -> resumed;
          case Answer.Completed completed -> completed;
          case Answer.Aborted aborted -> aborted;
          case Answer.Extended extended -> extended;
        });
  }

  static Answer read(UseCase useCase, String json) {
    return Json.read(json, useCase.answerType());
  }
}
