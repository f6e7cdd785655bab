package org.surprisal.study.engine;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.surprisal.study.Progress;

/// A process in which all studies of the contract run at the same time, each up to a moment of its own, and wait there
/// for each other. Then it says `READY` and lets them go on, so that whoever kills it finds each at work.
final class StudiesToKill {
    /// The line that is written when all studies have come to their moments.
    static final String READY = "all studies have come to their moments";

    private StudiesToKill() {
    }

    /// Runs or resumes all studies.
    ///
    /// @param arguments the folder of all runs, then STUDY=MOMENT for each study: how often it asks whether to stop
    ///                  before it waits
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Path.of(arguments[0]);
        Map<String, Integer> moments = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String[] both = arguments[i].split("=", -1);
            moments.put(both[0], Integer.parseInt(both[1]));
        }
        CountDownLatch at = new CountDownLatch(moments.size());
        CountDownLatch goOn = new CountDownLatch(1);
        StudyContract.subjects().forEach(subject -> {
            String name = subject.toString();
            Thread.ofPlatform().daemon().start(() -> {
                AtomicInteger left = new AtomicInteger(moments.getOrDefault(name, 0));
                try {
                    runOrResume(subject, folder.resolve(name), () -> {
                        int still = left.decrementAndGet();
                        if (still == 0) {
                            out.println(name);
                            at.countDown();
                        }
                        if (still <= 0) {
                            await(goOn);
                        }
                    });
                    if (left.get() > 0) {
                        at.countDown();
                    }
                } catch (IOException | RuntimeException e) {
                    e.printStackTrace(System.err);
                    System.exit(1);
                }
            });
        });
        at.await();
        out.println(READY);
        goOn.countDown();
        new CountDownLatch(1).await();
    }

    /// What a study does whenever it asks whether to stop.
    private static void runOrResume(StudyContract.Subject subject, Path run, Runnable asked) throws IOException {
        Study study = StudyContract.small(subject);
        if (!Files.exists(run.resolve("run.json"))) {
            StudyContract.run(study, subject.tiny(), run, 2, () -> {
                asked.run();
                return false;
            }).close();
        } else if (!StudyContract.isDone(run)) {
            StudyRunner.resume(study, run, run.resolveSibling("data"), OptionalInt.of(2), Duration.ZERO,
                    Progress.SILENT, () -> {
                        asked.run();
                        return false;
                    }).close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
