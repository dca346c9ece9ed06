package dev.bandmaster.bootstrapper;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ConnectionPool;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/**
 * Speaks with one bootstrapper. Calls block; any thread may make them, and an interrupt ends them.
 *
 * <p>The service knows no ids of requests: what is sent twice runs twice. So a request that starts
 * work is sent at most once, also by the HTTP library below, and {@code adhoc} is such a request
 * although it is a GET. Only {@link #result} may be repeated.
 *
 * <p>The service is not trusted: answers are bounded in size and time, and redirects are not
 * followed.
 */
public final class BootstrapperClient {
  /** Bytes taken of an answer to a request for work. */
  private static final long MOST_OF_A_TEXT = 64 * 1024;

  /** Bytes taken of a result: 5,000 hosts with 200 bytes each. */
  private static final long MOST_OF_A_RESULT = 1024 * 1024;

  private static final Duration CONNECTING = Duration.ofSeconds(5);

  /** How long a question that changes nothing may take. */
  private static final Duration ASKING = Duration.ofSeconds(10);

  /** No job has this id; whatever the answer is, it shows that the service answers. */
  private static final String NO_JOB = "00000000-0000-0000-0000-000000000000";

  private final HttpUrl base;
  private final OkHttpClient submitting;
  private final OkHttpClient asking;

  /** Set before the first byte of a request is written: from then on it may have arrived. */
  private static final class Begun {
    private final AtomicBoolean begun = new AtomicBoolean();
  }

  /**
   * A client; nothing is sent yet.
   *
   * @throws IllegalArgumentException with a sentence if the address or the certificates cannot be
   *     used
   */
  public BootstrapperClient(BootstrapperSettings settings) {
    HttpUrl url = HttpUrl.get(settings.url());
    if (url == null) {
      throw new IllegalArgumentException(
          "The bootstrapper's address has to begin with http(s)://.");
    }
    settings.token().ifPresent(BootstrapperClient::check);
    base = url;
    OkHttpClient.Builder common =
        new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(CONNECTING)
            .readTimeout(settings.answerTime())
            .writeTimeout(settings.answerTime())
            // A connection is used once, and HTTP/2 is about sharing one.
            .protocols(List.of(Protocol.HTTP_1_1))
            // A pooled connection that the service has closed would make a request doubtful.
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .addNetworkInterceptor(BootstrapperClient::once);
    settings.authorities().ifPresent(file -> Authorities.use(file, common));
    settings.token().ifPresent(token -> common.addInterceptor(bearing(token)));
    submitting = common.callTimeout(settings.answerTime()).build();
    asking =
        submitting
            .newBuilder()
            .callTimeout(
                settings.answerTime().compareTo(ASKING) < 0 ? settings.answerTime() : ASKING)
            .build();
  }

  private static void check(String token) {
    if (token.isEmpty() || !token.chars().allMatch(one -> one > ' ' && one < 127)) {
      throw new IllegalArgumentException(
          "The bootstrapper's token has to be one line of printable ASCII without blanks.");
    }
  }

  private static Interceptor bearing(String token) {
    return chain ->
        chain.proceed(
            chain.request().newBuilder().header("Authorization", "Bearer " + token).build());
  }

  /** Notes that a request leaves; and hides what would make the library send it again (503). */
  private static Response once(Interceptor.Chain chain) throws IOException {
    Begun begun = chain.request().tag(Begun.class);
    if (begun != null && begun.begun.getAndSet(true)) {
      throw new IOException("a request is sent once");
    }
    return chain.proceed(chain.request()).newBuilder().removeHeader("Retry-After").build();
  }

  /**
   * Has roles brought to a host.
   *
   * @param host a host or a group of the service's inventory
   * @param env the name of the environment as the service knows it
   */
  public Submission role(String host, List<String> roles, String env) {
    return submit(
        post(
            "ansible/role/",
            new FormBody.Builder()
                .add("host", host)
                .add("role", String.join(",", roles))
                .add("env", env)));
  }

  /** Has the hosts that the tags stand for brought to a version; which ones, the service knows. */
  public Submission updateCode(String tags, String env) {
    return submit(
        post("ansible/update-code/", new FormBody.Builder().add("tags", tags).add("env", env)));
  }

  /**
   * Runs a module. It is a GET, and runs.
   *
   * @param args the module's arguments in one text, or empty
   */
  public Submission adhoc(String host, String module, String args) {
    HttpUrl.Builder url =
        at("ansible/adhoc/").addQueryParameter("host", host).addQueryParameter("mod", module);
    if (!args.isEmpty()) {
      url.addQueryParameter("args", args);
    }
    return submit(new Request.Builder().url(url.build()).get());
  }

  /** Has a free address of a role attached to an instance. */
  public Submission attachAddress(String instance, String role, String env) {
    return submit(
        post(
            "ansible/set_eip/",
            new FormBody.Builder().add("instance_id", instance).add("role", role).add("env", env)));
  }

  private HttpUrl.Builder at(String path) {
    return base.newBuilder().addPathSegments(path);
  }

  private Request.Builder post(String path, FormBody.Builder form) {
    return new Request.Builder().url(at(path).build()).post(form.build());
  }

  private Submission submit(Request.Builder request) {
    Begun begun = new Begun();
    try (Response response =
        submitting.newCall(request.tag(Begun.class, begun).build()).execute()) {
      return Answers.submission(response.code(), text(response, MOST_OF_A_TEXT).text());
    } catch (IOException e) {
      return begun.begun.get()
          ? new Submission.Unknown("The bootstrapper's answer was lost: %s.".formatted(sentence(e)))
          : new Submission.NotSent(
              "The bootstrapper cannot be reached: %s.".formatted(sentence(e)));
    }
  }

  /** What became of a job; may be asked as often as wanted. */
  public JobResult result(String job) {
    if (!Answers.isJob(job)) {
      return new JobResult.Gone("this is no id of a job");
    }
    try (Response response = asking.newCall(asking(job)).execute()) {
      Part body = text(response, MOST_OF_A_RESULT);
      return body.whole()
          ? Answers.result(response.code(), body.text())
          : new JobResult.Unreadable("its answer is longer than 1 MiB");
    } catch (IOException e) {
      return new JobResult.Unavailable(sentence(e));
    }
  }

  /** Why the service cannot be used at this moment; empty if it answers. Changes nothing. */
  public Optional<String> problem() {
    return switch (result(NO_JOB)) {
      case JobResult.Unavailable(String reason) -> Optional.of(reason);
      case JobResult.Queued _,
          JobResult.Waiting _,
          JobResult.Failed _,
          JobResult.Finished _,
          JobResult.Gone _,
          JobResult.Unreadable _ ->
          Optional.empty();
    };
  }

  private Request asking(String job) {
    return new Request.Builder()
        .url(at("ansible/results/").addPathSegment(job).build())
        .get()
        .build();
  }

  /**
   * A text, or its beginning.
   *
   * @param whole whether nothing of it is missing
   */
  private record Part(String text, boolean whole) {}

  private static Part text(Response response, long most) throws IOException {
    try (ResponseBody body = response.body()) {
      if (body == null) {
        return new Part("", true);
      }
      Buffer taken = new Buffer();
      while (taken.size() <= most && body.source().read(taken, most + 1 - taken.size()) >= 0) {
        // Reads until the end, or one byte more than is wanted.
      }
      boolean whole = taken.size() <= most;
      return new Part(
          taken.readString(Math.min(taken.size(), most), StandardCharsets.UTF_8), whole);
    }
  }

  /** Why a call failed; what the library says may hold addresses, and nothing secret. */
  private static String sentence(IOException failure) {
    if (failure instanceof InterruptedIOException) {
      return "it did not answer in time";
    }
    String said = Answers.readable(String.valueOf(failure.getMessage()));
    return said.length() <= 200 ? said : said.substring(0, 200);
  }
}
