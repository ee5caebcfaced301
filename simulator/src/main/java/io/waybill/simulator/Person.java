package io.waybill.simulator;

import io.waybill.core.ErrorCode;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Upload;
import io.waybill.simulator.Wish.Goal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Somebody who may do everything, understands nothing, presses any button of any upload, and never
 * waits for an answer.
 */
final class Person {

  private static final List<Goal> BUTTONS =
      List.of(
          Goal.LOOK,
          Goal.PAUSE,
          Goal.RESUME,
          Goal.EXTEND,
          Goal.PRESIGN,
          Goal.COMPLETE,
          Goal.ABORT,
          Goal.WATCH,
          Goal.TASK_PAUSE,
          Goal.TASK_RESUME,
          Goal.TASK_CANCEL,
          Goal.TASK_RETRY,
          Goal.TASK_LOOK,
          Goal.TASK_LIST,
          Goal.EVENTS);

  private static final Set<ErrorCode> DEFECTS =
      EnumSet.of(ErrorCode.INTERNAL, ErrorCode.REQUEST_MALFORMED);

  private final Life life;
  private final Road road;
  private int presses;
  private int retries;

  Person(Life life, Road road) {
    this.life = life;
    this.road = road;
  }

  /** Presses something, if there is anything yet. */
  void press() {
    List<Session> sessions = life.judge.sessions();
    if (sessions.isEmpty()) {
      return;
    }
    Upload upload = life.dice.of(sessions).upload();
    Wish.Made made = new Wish.Made(upload.owner().objectId(), upload.sessionId());
    Wish.About about =
        new Wish.About(
            "person", life.project(), 1, upload.plan().partCount(), upload.owner().taskId(), made);
    Goal button = life.dice.of(BUTTONS);
    retries += button == Goal.TASK_RETRY ? Robot.MOST_FILES : 0;
    Wish wish = new Wish(button, "person-" + presses++, about);
    road.send(wish, heard -> hear(wish, heard));
  }

  /** How many objects it may have retried. */
  int retries() {
    return retries;
  }

  private void hear(Wish wish, Heard heard) {
    switch (heard) {
      case Heard.Over over -> life.judge.isNow(over.sessionId(), over.status());
      case Heard.Refused refused when DEFECTS.contains(refused.code()) ->
          throw new Broken("somebody met a defect at " + wish.goal());
      case Heard.Refused _, Heard.Done _, Heard.Made _, Heard.Again _ -> {}
    }
  }
}
