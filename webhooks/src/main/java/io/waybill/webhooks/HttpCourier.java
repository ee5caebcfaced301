package io.waybill.webhooks;

import io.waybill.core.webhook.Courier;
import io.waybill.doors.CloudEvents;
import io.waybill.webhooks.AddressRules.Objection;
import io.waybill.webhooks.AddressRules.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Brings events over HTTP/1.1, each on a connection of its own to an address that was looked up
 * once and judged. Whoever waits here holds a thread and a socket, nothing else.
 */
public final class HttpCourier implements Courier {

  /** For everything: the name, the connection, the answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int OK = 200;
  private static final int REDIRECT = 300;
  private static final int REFUSED = 400;

  private final AddressRules rules;
  private final HostResolver resolver;
  private final SSLContext tls;
  private final Duration patience;

  public HttpCourier(AddressRules rules, HostResolver resolver, SSLContext tls) {
    this(rules, resolver, tls, PATIENCE);
  }

  /** One that waits for so long. */
  HttpCourier(AddressRules rules, HostResolver resolver, SSLContext tls, Duration patience) {
    this.rules = rules;
    this.resolver = resolver;
    this.tls = tls;
    this.patience = patience;
  }

  @Override
  public Optional<String> objection(String url) {
    try {
      addresses(rules.target(url), System.nanoTime() + patience.toNanos());
      return Optional.empty();
    } catch (Objection objection) {
      return Optional.of(objection.why());
    } catch (UnknownHostException e) {
      return Optional.of("the host's name is not known");
    } catch (IOException e) {
      return Optional.of("the host's name was not resolved in time; try again");
    }
  }

  @Override
  public Reply bring(Parcel parcel) {
    long start = System.nanoTime();
    try {
      Target target = rules.target(parcel.url());
      List<InetAddress> addresses = addresses(target, start + patience.toNanos());
      int status = post(target, addresses, parcel, start);
      return reply(status, start, judged(status));
    } catch (Objection objection) {
      return reply(null, start, objection.why());
    } catch (IOException e) {
      return reply(null, start, said(e, start));
    }
  }

  private int post(Target target, List<InetAddress> addresses, Parcel parcel, long start)
      throws IOException {
    String id = parcel.event().eventId().toString();
    long timestamp = parcel.at().getEpochSecond();
    byte[] body = CloudEvents.of(parcel.event()).encode();
    OnePost post =
        new OnePost(
            target, id, timestamp, Signature.of(parcel.secrets(), id, timestamp, body), body);
    return post.send(addresses, tls, start + patience.toNanos());
  }

  private static Reply reply(@Nullable Integer status, long start, @Nullable String error) {
    return new Reply(status, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), error);
  }

  private static @Nullable String judged(int status) {
    if (status >= OK && status < REDIRECT) {
      return null;
    }
    return status >= REDIRECT && status < REFUSED
        ? status + ": redirects are not followed; give the URL that it leads to"
        : "the endpoint answered " + status;
  }

  private String said(IOException e, long start) {
    if (System.nanoTime() - start >= patience.toNanos()) {
      return "no answer within " + patience.toSeconds() + " s";
    }
    return switch (e) {
      case UnknownHostException unknown -> "the host's name is not known";
      case SSLException tls ->
          "TLS failed: the certificate is not of a known authority, or not" + " for this host";
      case ConnectException refused -> "no connection: it was refused";
      default -> "the connection broke before there was an answer";
    };
  }

  /**
   * All that the host has, judged. A name is looked up by a thread of its own: one that waits for a
   * name server cannot be called back.
   */
  private List<InetAddress> addresses(Target target, long end) throws Objection, IOException {
    if (target.literal() != null) {
      return List.of(target.literal());
    }
    FutureTask<List<InetAddress>> lookUp = new FutureTask<>(() -> resolver.resolve(target.host()));
    Thread.ofPlatform().daemon().name("webhook-name").start(lookUp);
    List<InetAddress> found = awaited(lookUp, end);
    rules.judge(found);
    return found;
  }

  private static List<InetAddress> awaited(FutureTask<List<InetAddress>> lookUp, long end)
      throws IOException {
    try {
      return lookUp.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("a name was not resolved in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while a name was resolved", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownHostException unknown
          ? unknown
          : new IOException("a name was not resolved", e.getCause());
    }
  }
}
