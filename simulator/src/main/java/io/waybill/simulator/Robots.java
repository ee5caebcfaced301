package io.waybill.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** All robots of a life; they take the same road. */
final class Robots {

  private final List<Robot> robots = new ArrayList<>();

  Robots(Life life, Site site, int count, Function<Site.Known, Road> road) {
    for (int i = 0; i < count; i++) {
      Site.Known device = site.robot("robot-" + i);
      robots.add(new Robot("robot-" + i, life, device.caller(), road.apply(device)));
    }
  }

  @Override
  public String toString() {
    return robots.toString();
  }

  /** Those that want something, by their ids. */
  List<UUID> atWork() {
    return robots.stream().filter(robot -> !robot.rests()).map(Robot::device).toList();
  }

  /** Whether none of them wants anything any more. */
  boolean rest() {
    return Pick.first(robots, robot -> !robot.rests()) == null;
  }

  /** Whether one of them repeats a request until it is answered. */
  boolean isOneWaiting() {
    return Pick.first(robots, Robot::waits) != null;
  }

  /** Those that want to say something by now. */
  List<Robot> ready(Instant now) {
    return Pick.all(robots, robot -> !robot.rests() && !robot.again().isAfter(now));
  }

  /** When the next of them wants to. */
  Optional<Instant> next() {
    Instant next = null;
    for (Robot robot : robots) {
      if (!robot.rests() && (next == null || robot.again().isBefore(next))) {
        next = robot.again();
      }
    }
    return Optional.ofNullable(next);
  }

  void areServedOnce(Judge judge, int others) {
    robots.forEach(robot -> robot.isServedOnce(judge, others));
  }
}
