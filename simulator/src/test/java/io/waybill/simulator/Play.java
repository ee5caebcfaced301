package io.waybill.simulator;

import io.waybill.simulator.Inquiries.Inquiry;
import io.waybill.simulator.Model.Upload;
import io.waybill.wire.Command;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Devices ask a gateway, step by step, what chance has them ask; a {@link Model} says what each is
 * to be told, and where every session stands then.
 */
final class Play {
  private static final int UPLOADS = 6;
  private static final Duration REMEMBERED = Duration.ofMinutes(59);
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofMinutes(10), Duration.ofHours(6), Duration.ofHours(25), Duration.ofDays(8));
  private final OneThreadGateway gateway = new OneThreadGateway(Move.DEVICES);
  private final Model model;
  private final Inquiries inquiries;
  private final Dice dice;
  private final Tally tally;
  private final List<Asked> asked = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private int requests;

  /** What was asked, and what was told, and when; nothing yet if that is empty. */
  private record Asked(Inquiry inquiry, Request request, Instant at, String told) {
    boolean isRemembered(Instant now) {
      return inquiry.kind().isRemembered
          && at.plus(REMEMBERED).isAfter(now)
          && !told.isEmpty()
          && !Told.isRefusal(told);
    }
  }

  /** How often what was told. */
  record Tally(Map<String, Integer> counts) {
    void note(String what) {
      counts.merge(what, 1, Integer::sum);
    }
  }

  Play(Model model, Dice dice, Tally tally) {
    this.model = model;
    this.inquiries = new Inquiries(gateway, model);
    this.dice = dice;
    this.tally = tally;
  }

  List<String> story() {
    return story;
  }

  /** Where system and model part, in one sentence; empty when they never do. */
  Optional<String> played(int moves) {
    for (int n = 0; n < moves; n++) {
      Move move = Move.drawn(dice);
      boolean isTime = n % 5 == 4 || n == moves - 1;
      Optional<String> parted = move(move).or(() -> isTime ? look() : Optional.empty());
      if (parted.isPresent()) {
        return parted;
      }
      gateway.time.advance(Duration.ofSeconds(1));
    }
    return Optional.empty();
  }

  private Instant now() {
    return gateway.time.instant();
  }

  private Optional<String> move(Move move) {
    if (move.kind() == Move.Kind.CREATE) {
      return model.uploads.size() < UPLOADS ? ask(inquiries.create(move)) : Optional.empty();
    }
    if (move.kind() == Move.Kind.AGAIN) {
      return asked.isEmpty() ? Optional.empty() : again(asked.get(last(move.detail())));
    }
    if (move.kind() == Move.Kind.WAIT) {
      Duration time = WAITS.get(move.detail() % WAITS.size());
      story.add("wait " + time);
      gateway.time.advance(time);
      return Optional.empty();
    }
    if (move.kind() == Move.Kind.REST || model.uploads.isEmpty()) {
      return Optional.empty();
    }
    Upload upload = model.uploads.get(move.upload() % model.uploads.size());
    if (move.kind() == Move.Kind.PUT) {
      put(upload, 1 + move.detail() % upload.parts);
      return Optional.empty();
    }
    return move.kind() == Move.Kind.RETRY && model.uploads.size() == UPLOADS
        ? Optional.empty()
        : ask(inquiries.about(move, upload));
  }

  private int last(int back) {
    return Math.max(0, asked.size() - 1 - back);
  }

  private void put(Upload upload, int number) {
    story.add("part " + number + " of " + name(upload) + " is sent");
    model.put(upload, number);
    if (gateway.store.openUploads().contains(upload.inStorage)) {
      gateway.store.put(upload.inStorage, number, Wish.PART_BYTES);
    }
  }

  private String name(Upload upload) {
    return "upload " + model.uploads.indexOf(upload);
  }

  private Optional<String> ask(Inquiry inquiry) {
    Request request = Request.of("r-" + requests++, null, inquiry.command());
    return asked(new Asked(inquiry, request, now(), ""), "robot " + inquiry.device() + " asks ");
  }

  private Optional<String> asked(Asked what, String how) {
    Reply reply = gateway.ask(what.inquiry.device(), what.request);
    String told = Told.of(what.inquiry.kind(), reply);
    boolean isRemembered = what.isRemembered(now());
    String expected = isRemembered ? what.told : what.inquiry.expected().apply(reply);
    asked.add(new Asked(what.inquiry, what.request, isRemembered ? what.at : now(), told));
    story.add(how + what.inquiry.command() + ": " + told);
    tally.note(told.replaceAll("[0-9].*", "*"));
    return told.equals(expected)
        ? Optional.empty()
        : Optional.of("told: " + told + "; expected: " + expected);
  }

  private Optional<String> again(Asked before) {
    boolean makesNew =
        before.inquiry.kind() == Move.Kind.CREATE || before.inquiry.kind() == Move.Kind.RETRY;
    if (!before.isRemembered(now()) && makesNew && model.uploads.size() == UPLOADS) {
      return Optional.empty();
    }
    asked.remove(before);
    return asked(before, "once more ");
  }

  /**
   * Whatever was asked, every session is where the model has it; now and then, for it takes time.
   */
  private Optional<String> look() {
    for (Upload upload : model.uploads) {
      Reply reply =
          gateway.ask(
              upload.owner,
              Request.of("l-" + requests++, null, new Command.GetStatus(upload.session)));
      String told = Told.of(Move.Kind.LOOK, reply);
      String expected = model.look(upload, now());
      if (!told.equals(expected)) {
        return Optional.of(name(upload) + " is: " + told + "; expected: " + expected);
      }
    }
    return Optional.empty();
  }
}
