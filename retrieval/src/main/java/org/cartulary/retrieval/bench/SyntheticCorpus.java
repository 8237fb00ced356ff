package org.cartulary.retrieval.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A corpus of any size, the same for the same seed. Texts are sentences of real documents put together anew. Vectors lie in
 * clusters within clusters, as those of embedders do: two passages of different topics have a cosine of about .45, of the same
 * topic .65, of the same document or its kin .8, with most of the spread in some sixty directions. A topic is one source
 * document, so that words and vectors agree on what is near. Immutable.
 */
public final class SyntheticCorpus {
    private static final int PASSAGES_IN_DOCUMENT = 10;
    /** Documents that are kin, on average. */
    private static final int KIN = 4;
    /** Shares of the squared length. */
    private static final double COMMON = 0.45;

    private static final double TOPIC = 0.20;
    private static final double KINSHIP = 0.15;
    private static final double OWN = 0.20;
    /** Directions beyond count less and less. */
    private static final double SPECTRUM = 24;

    private final List<List<String>> sources;
    private final int dimension;
    private final long seed;
    private final int size;
    private final List<Planned> documents;
    private final float[] common;

    /** A document before its passages are written out. */
    record Planned(int number, Width width, int passages, long firstPassage) {}

    /** A passage. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Passage(String text, float[] vector) {}

    /** A question with the vector that an embedder would give it. */
    @SuppressWarnings("ArrayRecordComponent") // asked, never compared
    public record Question(String text, float[] vector) {}

    /**
     * Plans a corpus.
     *
     * @param sources for each source document its sentences
     * @param passages at least 1
     * @param dimension of the vectors
     */
    public SyntheticCorpus(List<List<String>> sources, int passages, int dimension, long seed) {
        this.sources = sources;
        this.dimension = dimension;
        this.seed = seed;
        this.size = passages;
        this.common = direction(seed);
        this.documents = planned(passages, seed);
    }

    /** How many passages of a corpus of a size lie within a width: at least one. */
    static int within(Width width, int passages) {
        return Math.max(1, (int) Math.round(width.share() * passages));
    }

    /** In the order in which they are written, readers' documents mixed; passages are numbered from 1 in that order. */
    List<Planned> documents() {
        return documents;
    }

    /** Passages in all. */
    public int size() {
        return size;
    }

    int dimension() {
        return dimension;
    }

    String title(Planned document) {
        List<String> source = source(document.number());
        String sentence = source.get(document.number() % source.size());
        return sentence.substring(0, Math.min(sentence.length(), 60)).strip();
    }

    List<Passage> passages(Planned document) {
        List<Passage> passages = new ArrayList<>(document.passages());
        for (int i = 0; i < document.passages(); i++) {
            SplittableRandom random = random(document.number() * 131L + i + 1);
            passages.add(new Passage(text(document.number(), random), vector(document.number(), OWN, random)));
        }
        return passages;
    }

    /** A question that some document answers, by words and by vector; each number another. */
    public Question question(int number) {
        SplittableRandom random = random(-1L - number);
        int document = random.nextInt(documents.size());
        List<String> source = source(document);
        String[] words = source.get(random.nextInt(source.size())).split(" ", -1);
        int length = Math.min(words.length, 6 + random.nextInt(5));
        int from = random.nextInt(words.length - length + 1);
        // The number keeps two questions with the same words apart; no passage holds it.
        String text = String.join(" ", Arrays.copyOfRange(words, from, from + length)) + " q" + number + "q";
        return new Question(text, vector(document, 1.25 * OWN, random));
    }

    private static List<Planned> planned(int passages, long seed) {
        List<Width> widths = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        int left = passages;
        for (Width width : Width.values()) {
            int some = width == Width.REST ? left : Math.min(left, within(width, passages));
            left -= some;
            for (int rest = some; rest > 0; rest -= PASSAGES_IN_DOCUMENT) {
                widths.add(width);
                sizes.add(Math.min(rest, PASSAGES_IN_DOCUMENT));
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        List<Planned> documents = new ArrayList<>();
        long firstPassage = 1;
        for (int i : order) {
            documents.add(new Planned(documents.size(), widths.get(i), sizes.get(i), firstPassage));
            firstPassage += sizes.get(i);
        }
        return List.copyOf(documents);
    }

    /** Some topics have many documents, most few. */
    private int topic(int document) {
        double share = random(Long.MAX_VALUE - kin(document)).nextDouble();
        return (int) (share * share * sources.size());
    }

    private int kin(int document) {
        return random(Long.MIN_VALUE + document).nextInt(Math.max(1, documents.size() / KIN));
    }

    private List<String> source(int document) {
        return sources.get(topic(document));
    }

    private String text(int document, SplittableRandom random) {
        List<String> source = source(document);
        List<String> sentences = new ArrayList<>();
        int own = 3 + random.nextInt(4);
        for (int i = 0; i < own; i++) {
            sentences.add(source.get(random.nextInt(source.size())));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            List<String> other = sources.get(random.nextInt(sources.size()));
            sentences.add(other.get(random.nextInt(other.size())));
        }
        return String.join(" ", sentences);
    }

    private float[] vector(int document, double own, SplittableRandom random) {
        float[] vector = new float[dimension];
        add(vector, common, COMMON);
        add(vector, direction(seed + 1_000_003L * (topic(document) + 1)), TOPIC);
        add(vector, direction(seed - 1_000_003L * (kin(document) + 1)), KINSHIP);
        add(vector, direction(random.nextLong()), own);
        return normalised(vector);
    }

    private float[] direction(long of) {
        SplittableRandom random = new SplittableRandom(of);
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (random.nextGaussian() / (1 + i / SPECTRUM));
        }
        return normalised(vector);
    }

    private static void add(float[] sum, float[] direction, double squared) {
        float weight = (float) Math.sqrt(squared);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * direction[i];
        }
    }

    private static float[] normalised(float[] vector) {
        double square = 0;
        for (float component : vector) {
            square += component * component;
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    private SplittableRandom random(long number) {
        return new SplittableRandom(seed * 31 + number * 0x9E3779B97F4A7C15L);
    }
}
