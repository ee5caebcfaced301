package io.waybill.simulator;

import io.waybill.core.access.Caller;
import io.waybill.core.upload.UploadEvent;
import io.waybill.simulator.Wish.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device as mqtt-api.md wants it: it sends one request at a time and repeats it, with the same
 * request id and to whichever process there is, until it is answered. It makes one task after the
 * other and sends one file of it after the other; chance decides whether it pauses, looks, gives up
 * or forgets a part on the way.
 */
final class Robot {

  /** How long it waits for an answer before it asks again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A request that has not been answered after so many repetitions in a quiet world never is. */
  private static final int TOO_OFTEN = 10_000;

  static final int MOST_FILES = 2;

  private final String name;
  private final Life life;
  private final Caller caller;
  private final Road road;
  private final Habits habits;
  private final int parts;

  /** How many tasks it will make after this one. */
  private int tasks;

  private int files;
  private Goal goal = Goal.REST;
  private final Map<Goal, Integer> wishes = new EnumMap<>(Goal.class);
  private int requests;
  private int repetitions;
  private boolean waits;
  private Instant again;

  /** When it sent its request for the first time. */
  private Instant asked;

  private List<Wish.Made> objects = List.of();

  /** Which of them it is about. */
  private int current;

  private @Nullable UUID taskId;

  /** Switches it on. */
  Robot(String name, Life life, Caller caller, Road road) {
    this.name = name;
    this.life = life;
    this.caller = caller;
    this.road = road;
    this.habits = new Habits(life.dice);
    this.parts = 1 + life.dice.below(3);
    this.tasks = life.dice.below(3);
    this.again = life.now();
    this.asked = life.now();
    want(create());
  }

  @Override
  public String toString() {
    return name + " " + goal;
  }

  UUID device() {
    return caller.identity().id();
  }

  boolean rests() {
    return goal == Goal.REST;
  }

  /** Whether it repeats a request until it is answered. */
  boolean waits() {
    return waits;
  }

  /**
   * Its own part of what must hold at the end.
   *
   * @param others how often others may have retried an object of its tasks
   */
  void isServedOnce(Judge judge, int others) {
    judge.once(device(), UploadEvent.TASK_CREATED, wishes.getOrDefault(Goal.CREATE, 0));
    judge.once(device(), UploadEvent.OBJECT_RETRIED, wishes.getOrDefault(Goal.RETRY, 0) + others);
  }

  /** When it wants to do something; it may be waiting for an answer that never comes until then. */
  Instant again() {
    return again;
  }

  /** Sends its request, or sends it again. */
  void speak() {
    if (waits && ++repetitions > TOO_OFTEN) {
      throw new Broken(name + " is never answered: " + goal);
    }
    if (!waits) {
      asked = life.now();
      life.quota.isAsked(requestId());
    }
    waits = true;
    again = life.now().plus(PATIENCE);
    int number = requests;
    road.send(
        wish(),
        heard -> {
          if (number == requests && waits) {
            hear(heard);
          }
        });
    if (repetitions > 0 && !life.isQuiet() && life.dice.oneIn(25)) {
      life.tell(() -> name + " asks once more, and is switched off for good");
      goal = Goal.REST;
      waits = false;
    }
  }

  private String requestId() {
    return name + "-" + requests;
  }

  private Wish wish() {
    Wish.Made made = objects.isEmpty() ? null : objects.get(current);
    return new Wish(
        goal, requestId(), new Wish.About(name, life.project(), files, parts, taskId, made));
  }

  private void hear(Heard heard) {
    if (!(heard instanceof Heard.Refused)) {
      life.bans.isServed(device(), asked);
    }
    switch (heard) {
      case Heard.Made(UUID task, List<Wish.Made> made) -> {
        life.quota.isServed(requestId());
        taskId = task;
        objects = made;
        current = 0;
        made.forEach(object -> life.judge.knows(object.sessionId(), caller));
        next();
      }
      case Heard.Again(Wish.Made object) -> {
        objects = objects.stream().map(o -> isSame(o, object) ? object : o).toList();
        life.judge.knows(object.sessionId(), caller);
        next();
      }
      case Heard.Over over -> {
        life.judge.isNow(over.sessionId(), over.status());
        next();
      }
      case Heard.Done() -> next();
      case Heard.Refused refused -> refused(refused);
    }
  }

  private static boolean isSame(Wish.Made one, Wish.Made other) {
    return one.objectId().equals(other.objectId());
  }

  private void next() {
    life.tell(() -> name + " is answered: " + goal);
    if (goal == Goal.PRESIGN) {
      send();
    }
    want(habits.after(goal));
  }

  /** Parts go straight to the store: one may get lost, one may come too late. */
  private void send() {
    for (int part = habits.forgets() ? 2 : 1; part <= parts; part++) {
      life.puts.put(objects.get(current).sessionId(), part, Wish.PART_BYTES);
    }
  }

  private void refused(Heard.Refused refused) {
    life.tell(() -> name + " is refused: " + goal + ", " + refused.code().code());
    if (refused.retryAfterSeconds() > 0 && !habits.givesUp(refused.code())) {
      again = life.now().plusSeconds(refused.retryAfterSeconds());
      return;
    }
    want(habits.afterRefusal(goal, refused.code()));
  }

  private void want(Goal next) {
    goal = next == Goal.REST ? after() : next;
    wishes.merge(goal, goal == Goal.CREATE ? files : 1, Integer::sum);
    requests++;
    repetitions = 0;
    waits = false;
    again = life.now().plus(Duration.ofMillis(life.dice.below(3000)));
  }

  /** The next file of the task, or the next task. */
  private Goal after() {
    if (current + 1 < objects.size()) {
      current++;
      return Goal.PRESIGN;
    }
    if (tasks == 0) {
      return Goal.REST;
    }
    tasks--;
    return create();
  }

  private Goal create() {
    objects = List.of();
    current = 0;
    taskId = null;
    files = life.dice.oneIn(3) ? MOST_FILES : 1;
    return Goal.CREATE;
  }
}
