package io.waybill.simulator;

import io.waybill.core.upload.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Whoever is no device: somebody of the house, somebody who runs it, somebody who has no right. */
final class People {

  private final Life life;
  private final Stranger stranger;
  private final Person person;
  private final Manager manager;

  /** Uploads that the bucket has ended by itself. */
  private final Set<String> tidied = new HashSet<>();

  People(Life life, Site site, Way way, Supplier<List<UUID>> devices) {
    this.life = life;
    this.stranger = new Stranger(life, site.stranger());
    Site.Known person = site.person();
    this.person = new Person(life, way.ofPeople(life, person));
    this.manager = new Manager(life, person.caller().identity(), devices);
  }

  /** One of them does something; false when none of them wants to now. */
  boolean act() {
    if (manager.insists()) {
      return true;
    }
    if (life.dice.oneIn(60)) {
      stranger.pry(life.anyReplica());
      return true;
    }
    if (!life.isQuiet() && life.dice.oneIn(40)) {
      person.press();
      return true;
    }
    if (!life.isQuiet() && life.dice.oneIn(40)) {
      manager.wants();
      return true;
    }
    if (!life.isQuiet() && life.dice.oneIn(150)) {
      tidyBucket();
    }
    return false;
  }

  /** A rule of the bucket, which knows nothing of us, ends an upload that is open there. */
  private void tidyBucket() {
    List<Session> sessions = life.judge.sessions();
    if (!sessions.isEmpty() && life.dice.of(sessions) instanceof Session.Open open) {
      life.tell(() -> "the bucket forgets " + open.uploadId());
      tidied.add(open.uploadId());
      life.objects.purge(open.uploadId());
    }
  }

  /** Whether none of them waits for an answer. */
  boolean rest() {
    return manager.rests();
  }

  /** What comes too late into an upload that the bucket has ended, it ends again. */
  void tidyOnceMore() {
    tidied.forEach(life.objects::purge);
  }

  /** What must hold of what they did, at the end. */
  void areServedOnce() {
    manager.isWrittenOnce();
  }

  /** How many objects they may have retried. */
  int retries() {
    return person.retries();
  }
}
