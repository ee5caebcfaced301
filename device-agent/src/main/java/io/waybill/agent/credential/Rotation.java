package io.waybill.agent.credential;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.Round;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gets this device a new credential when the server says that the old one is to end. On the disk it
 * is before it is shown to anybody, for showing it ends the old one; and it replaces the old one
 * only when it was let in.
 */
public final class Rotation implements AutoCloseable {

  private static final Duration LOOKING = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** Said by us, and not by the server, which may answer when the broker lets us in again. */
  private static final String OF_THE_BROKER = "mqtt.identity_refused";

  private final Credentials credentials;
  private final ControlPlane broker;
  private final Runnable reconnect;
  private final Consumer<String> say;
  private final Duration afterFault;
  private final Thread thread;

  /**
   * @param broker over which the server gives a device its credential
   * @param reconnect makes the connection to the broker anew
   */
  public Rotation(
      Credentials credentials, ControlPlane broker, Runnable reconnect, Consumer<String> say) {
    this(credentials, broker, reconnect, say, LOOKING);
  }

  /**
   * The same.
   *
   * @param afterFault how long it rests when something went wrong that must not happen
   */
  Rotation(
      Credentials credentials,
      ControlPlane broker,
      Runnable reconnect,
      Consumer<String> say,
      Duration afterFault) {
    this.afterFault = afterFault;
    this.credentials = credentials;
    this.broker = broker;
    this.reconnect = reconnect;
    this.say = say;
    this.thread = Thread.ofPlatform().daemon().name("credential").unstarted(this::watch);
  }

  /** From now on. */
  public void start() {
    thread.start();
  }

  private void watch() {
    sweep();
    try {
      while (true) {
        Credentials.Task task = credentials.await(LOOKING);
        try {
          carryOut(task);
        } catch (UnreachableException e) {
          Thread.sleep(AGAIN);
        } catch (IOException e) {
          Round.of(() ->
                  say.accept("a new credential cannot be written down: " + DiskTrouble.words(e)))
              .run();
          Thread.sleep(LOOKING);
        } catch (RuntimeException bug) {
          Round.tell(bug);
          Thread.sleep(afterFault);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the daemon ends
    }
  }

  private void sweep() {
    try {
      Optional<CredentialFile> file = credentials.file();
      if (file.isPresent()) {
        file.get().sweep();
      }
    } catch (IOException e) {
      say.accept("beside the credential is a rest that cannot be removed: " + DiskTrouble.words(e));
    }
  }

  private void carryOut(Credentials.Task task)
      throws IOException, UnreachableException, InterruptedException {
    Optional<CredentialFile> file = credentials.file();
    switch (task) {
      case NOTHING -> {}
      case ASK -> {
        if (file.isPresent()) {
          ask(file.get());
        } else {
          say.accept(
              "this device is to have a new credential, and the old one will end. It does not stand"
                  + " in a file of its own (device.credential_file), so it has to be changed by"
                  + " hand");
          credentials.giveUp();
        }
      }
      case CONNECT -> {
        credentials.reconnecting();
        reconnect.run();
      }
      case SETTLE -> {
        file.orElseThrow().promote();
        credentials.settle();
        say.accept("the new credential has connected; the old one is let go");
      }
    }
  }

  private void ask(CredentialFile file)
      throws IOException, UnreachableException, InterruptedException {
    try (CredentialFile.Room room = file.begin()) {
      ask(file, room);
    }
  }

  private void ask(CredentialFile file, CredentialFile.Room room)
      throws IOException, UnreachableException, InterruptedException {
    switch (broker.ask(Question.rotate())) {
      case Answer.Done<Result.Credential>(Result.Credential told) -> {
        String secret = told.credentialMaterial();
        if (secret != null) { // else its first answer got lost, and it is told once
          room.keep(secret);
          credentials.offer(secret, told.credentialVersion());
          say.accept("a new credential (version " + told.credentialVersion() + ") is here");
          reconnect.run();
        }
      }
      case Answer.Refused<Result.Credential>(ErrorBody error) -> {
        if (OF_THE_BROKER.equals(error.code())) {
          throw new UnreachableException(error.message());
        }
        say.accept("a new credential was refused: " + error.message() + " (" + error.code() + ")");
        if (!error.retryable()) {
          file.drop();
          credentials.giveUp();
        }
        Thread.sleep(AGAIN);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
