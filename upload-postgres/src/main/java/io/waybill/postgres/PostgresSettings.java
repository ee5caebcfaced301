package io.waybill.postgres;

import java.time.Duration;

/**
 * How to reach the database, and how much of it to use.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param poolSize connections of this process: the bound on its work in the database
 * @param connectionWait how long work waits for a free connection before it is an outage
 * @param answerWait how long a statement may take before it is an outage. A unit of work takes no
 *     longer than both waits together, whatever the database does
 */
public record PostgresSettings(
    String url,
    String user,
    String password,
    int poolSize,
    Duration connectionWait,
    Duration answerWait) {

  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(2);
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(2);

  /** A caller is promised an answer within 5 s: this leaves one to everything else. */
  static final Duration LONGEST_UNIT = CONNECTION_WAIT.plus(ANSWER_WAIT);

  public PostgresSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("the database URL must begin with jdbc:postgresql:");
    }
    if (poolSize < 1 || poolSize > 1000) {
      throw new IllegalArgumentException("the pool must have 1 to 1000 connections");
    }
    if (connectionWait.toMillis() < 250 || answerWait.toMillis() < 1000) {
      throw new IllegalArgumentException(
          "wait at least 250 ms for a connection and 1 s for an answer");
    }
  }

  /** The defaults for everything but the place: a pool of cores × 2 + 1. */
  public static PostgresSettings at(String url, String user, String password) {
    return new PostgresSettings(
        url,
        user,
        password,
        Runtime.getRuntime().availableProcessors() * 2 + 1,
        CONNECTION_WAIT,
        ANSWER_WAIT);
  }

  /** The same database by another way. */
  public PostgresSettings withUrl(String other) {
    return new PostgresSettings(other, user, password, poolSize, connectionWait, answerWait);
  }

  public PostgresSettings withPoolSize(int connections) {
    return new PostgresSettings(url, user, password, connections, connectionWait, answerWait);
  }

  public PostgresSettings withConnectionWait(Duration wait) {
    return new PostgresSettings(url, user, password, poolSize, wait, answerWait);
  }

  public PostgresSettings withAnswerWait(Duration wait) {
    return new PostgresSettings(url, user, password, poolSize, connectionWait, wait);
  }

  /** How long a unit of work can take until it is an outage. */
  public Duration longestUnit() {
    return connectionWait.plus(answerWait);
  }

  @Override
  public String toString() {
    return "PostgresSettings[" + user + ", pool of " + poolSize + "]";
  }
}
