import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^5163 names, the most frequent first:\njames, john, /m },
  { says: "such a model with 4,192 parameters", shows: /^all +4192$/m },
  {
    says: "Here it takes no longer than reading this sentence",
    shows: /^1,000 steps in \d\.\d s$/m,
  },
  { says: "Ours has 27: the letters and a dot", runs: /\[\.\.\."abcdefghijklmnopqrstuvwxyz\."\]/ },
  { says: "A name of four letters then asks five questions", shows: /^\.emma +\.$/m },
  { says: "returns 27 probabilities in the order", runs: /characters\.map\(\(\) => 1 \/ 27\)/ },
  {
    says: "gives every character 1/27. What must its loss be, whatever the names are?",
    shows: /^a blind guess: 3\.2958\nln 27: +3\.2958$/m,
  },
  {
    says: "A model that gives every character 1/27 is equally surprised by all of them",
    shows: /^a blind guess: 3\.2958\nln 27: +3\.2958$/m,
  },
  { says: "for pairs it is 1.", runs: /const pairs = counting\(1, train\)/ },
  { says: "A tenth is added to each count", runs: /characters\.map\(\(\) => 0\.1\)/ },
  {
    says: "what never happened in 4,663 names",
    shows: /^4663 names to learn from: 32646 questions$/m,
  },
  {
    says: "Better than noise, but these are not names.",
    shows: /^a blind guess: +dovvbutfmnuumvn, .*\na table of pairs: +chota, olintshon, /m,
  },
  {
    says: "look back further: at two characters, at three, at four.",
    runs: /const lengths = \[0, 1, 2, 3, 4\];/,
  },
  {
    says: "Each further character makes the table 27 times as large.",
    shows: /^ +0 +27 .*\n +1 +729 .*\n +2 +19,683 .*\n +3 +531,441 /m,
  },
  {
    says: "On the names that were counted, each further character helps. On new names it helps " +
      "less and less, and in the last row it hurts",
    shows:
      /^ +1 +729 +2\.333 +2\.363\n +2 +19,683 +1\.994 +2\.121\n +3 +531,441 +1\.690 +2\.068\n +4 +14,348,907 +1\.595 +2\.218$/m,
  },
  { says: "goes in as a list of 27 numbers, all 0 except for a 1", runs: /const oneHot = / },
  {
    says: "A layer without biases turns it into 27 scores",
    runs: /const table = matrix\(27, 27\);/,
  },
  {
    says: "Untrained, the layer starts at about $\\ln 27 = 3.296$",
    shows: /^before the training: +3\.3\d+\n/m,
  },
  {
    says: "trained, it arrives where counting went in one stroke",
    shows: /^after 300 steps: +2\.333\d\nthe table, by counting: 2\.333\d$/m,
  },
  {
    says: "stop over at 16 numbers: each character gets a list of 16 numbers, its **embedding**",
    shows: /^characters +wte +27 × 16 +432$/m,
  },
  {
    says: "The position in the name gets 16 numbers as well",
    shows: /^positions +wpe +16 × 16 +256$/m,
  },
  {
    says: "Each position has 16 numbers that describe its own character",
    runs: /norm\(plus\(token, w\.positions\[t\]\)\)/,
  },
  {
    says: "Four numbers try it out. Their proportions stay, and their rms becomes 1",
    shows: /^before: \[ 3, -1, 2, 0 \] rms 1\.87\d+\nafter: .* rms 1\.0000$/m,
  },
  {
    says: "Every position makes three lists out of its own",
    shows:
      /^query +attn_wq +16 × 16 +256\nkey +attn_wk +16 × 16 +256\nvalue +attn_wv +16 × 16 +256$/m,
  },
  {
    says: "The query (2, 1) met the keys (1, 0) and (−1, 3). Its products with them are 2 and 1.",
    runs: /list\("key a", 1, 0\), list\("key b", -1, 3\)\];[^]*list\("query ", 2, 1\)/,
  },
  {
    says: "the first value, 4, gets about two thirds of the weight",
    shows: /^weights: 0\.670, 0\.330$/m,
  },
  {
    says: "The other, −2, gets the rest, and the mixture is 2.02.",
    shows: /^computation graph of out = 2\.0186$/m,
  },
  {
    says:
      "Towards which arrow must it point for the mixture to become nearly −2, and where is it " +
      "nearly 4?",
    shows: /^weights 0\.67 and 0\.33out = 4 · 0\.67 − 2 · 0\.33 = 2\.02$/m,
  },
  { says: "at 26.57 degrees it is the one above", shows: /^weights 0\.67 and 0\.33out = /m },
  { says: "Near the second key it is almost −2", runs: /const keys = \[\[1, 0\], \[-1, 3\]\];/ },
  {
    says: "It runs, every forbidden weight is 0, and still there is a bug in it.",
    shows: /^✗ Exercise 10\.3, .*\n`what each row .*` gives `\[0\.3333333, 0\.25, 1\]`/m,
  },
  {
    says: "the 16 numbers of query, key and value are cut into four parts of four, the four " +
      "**heads**",
    runs: /x\.slice\(4 \* h, 4 \* h \+ 4\)[\s\S]*\[0, 1, 2, 3\]\.map\(\(h\) =>/,
  },
  {
    says: "16 to 64 with a `relu` and back to 16",
    shows: /^wide +mlp_fc1 +64 × 16 +1024\nnarrow +mlp_fc2 +16 × 64 +1024$/m,
  },
  {
    says: "a last matrix turns the stream into 27 scores",
    shows: /^toScores +lm_head +27 × 16 +432\n(.*\n)+all +4192$/m,
  },
  {
    says: "Here are its weights, nine matrices",
    shows: /^(characters|narrow) +\w+ .*\n(.*\n){8}all /m,
  },
  {
    says: "`forward` takes one list of 16 numbers for each character",
    runs: /const read = \(w: Weights, seen/,
  },
  {
    says:
      "Three of its positions, 1 to 3 for `.`, `e` and `v`, are folded; the fourth, `a`, is open.",
    shows: /^position 3\n411 operations$/m,
  },
  { says: "past the four heads and the layers", shows: /^head 4\n21 operations$/m },
  { says: "Over a hundred names", runs: /train\.slice\(0, 100\)\.map\(\(name\) => lossOf/ },
  {
    says: "About $\\ln 27$, and a little above.",
    shows: /^untrained, on average: 3\.3\d+\nln 27: +3\.296$/m,
  },
  { says: "attention with four heads, for one position", runs: /const heads = \[0, 1, 2, 3\]/ },
  { says: "microgpt takes a thousand steps", shows: /^1,000 steps in \d+\.\d s$/m },
  {
    says: "names have ten different lengths",
    shows: /^(\w+, ){9}charlesetta\nall losses agree within 1e-14: true$/m,
  },
  {
    says: "Trace the longest name, with twelve positions",
    runs: /const trained = program\(w, 11\);[\s\S]*/,
  },
  {
    says: "a fifth for each of the first five, and 0 for the rest",
    runs: /t <= name\.length \? 1 \/ \(name\.length \+ 1\) : 0/,
  },
  {
    says: "Adam forgets faster than usual ($\\beta_1 = 0.85$, $\\beta_2 = 0.99$)",
    runs: /lr: 0\.01, betas: \[0\.85, 0\.99\]/,
  },
  {
    says: "falls from 0.01 to 0 in a straight line",
    runs: /optimizer\.lr = 0\.01 \* \(1 - step \/ count\)/,
  },
  { says: "The mean over the last fifty steps", runs: /Math\.max\(0, i - 49\)/ },
  {
    says: "Better than the pairs, after a thousand names, each of which it saw once. Counting " +
      "took all 4,663.",
    shows: /^the model, on the test names: 2\.275\nthe table of pairs: +2\.363\n/m,
  },
  {
    says: "The 64 that have not moved are the embeddings of the last four positions",
    shows: /^parameters that have not moved: 64$/m,
  },
  {
    says: "trains it for fifty steps from the same weights on the same names",
    shows: /^the same names: true\nsteps: 50\nall losses within 1e-9: true$/m,
  },
  {
    says: "At 0.1 it writes the same few names over and over. At 0.5 it writes what could pass " +
      "for names, at 1 it dares more and slips more, and at 2 it babbles.",
    shows:
      /^T = 0\.1: (.*marina){4}.*\nT = 0\.5: .*elisha.*\nT = 1: .*ebitte.*\nT = 2: .*crpgynocnan/m,
  },
  {
    says: "After a thousand names the model has seen less than a quarter of the list.",
    shows: /^4663 names to learn from/m,
  },
  {
    says: "give it 32 names a step, starting from new weights; everything else stays. That is " +
      "about seven times the whole list.",
    runs: /teach\(more, reader, train, 1000, 32\)/,
  },
  {
    says:
      "With 4,192 numbers it is about as good on new names as the table of half a million, which " +
      "looks back three characters.",
    shows:
      /^a table, 3 back +531,441 +1\.690 +2\.068\n.* 2\.253 +2\.275\n.* 4,192 +2\.003 +2\.071$/m,
  },
  {
    says: "the table is far better on what it counted than on what is new, the model only slightly",
    shows: /^a table, 3 back +531,441 +1\.690 +2\.068\n.*\n.* 2\.003 +2\.071$/m,
  },
  {
    says:
      "With so few numbers, and after only seven times through the list, it has not learned the names by heart.",
    shows: /^32,000 names, 32 a step +4,192 +2\.003 +2\.071$/m,
  },
  {
    says: "At a third of the questions its first guess is right.",
    shows: /^right at its first guess: 115\d of 3476 questions$/m,
  },
  {
    says: "We let it write 200 of them, twice, and look them up.",
    runs: /\[0\.5, 1\]\.map\(\(temperature\) => \{\s+const written = several\(.*, 200, 7\)/,
  },
  { says: "The table with the 200 names shows", shows: /^temperature +different, of 200 /m },
  {
    says: "under them stand three names that it writes on from there",
    runs: /\[1, 2, 3\]\.map\(\(seed\) =>/,
  },
  { says: "With a loss of 2.07", shows: /^32,000 names, 32 a step .* 2\.071$/m },
  {
    says: "At a temperature of 1, nine of ten that it writes are on no list",
    shows: /^ +0\.5 +1\d\d +\d\d +\d +1\d\d .*\n +1 +200 +1\d +\d +18\d /m,
  },
  {
    says: "every row adds up to 1",
    runs: /const total = logSumExp\(scores\);\n {2}return scores\.map/,
  },
  {
    says: "On average over a hundred, at positions that have four before them",
    runs: /test\.slice\(0, 100\)\.flatMap\(\(name\) => read\(more, name\)\.maps\.slice\(4\)\)/,
  },
  {
    says:
      "the second head spends about three quarters of its weight on the character itself and the " +
      "one before it",
    shows: /^ +2 +0\.38 +0\.35 /m,
  },
  {
    says: "The third looks far back: from `r` on most at the `h`, and from the `n` on at the dot.",
    shows:
      /^head 2 looks most at: \. c \. r i i i t n n\nhead 3 looks most at: \. \. c h h h h h \. \.$/m,
  },
  { says: "The third gives a quarter to the dot", shows: /^ +3 .* 0\.25$/m },
  {
    says: "almost evenly over the character itself and the three before it",
    shows: /^ +1 +0\.20 +0\.20 +0\.19 +0\.16 +0\.10$/m,
  },
  {
    says: "before training all four were alike",
    shows: /^untrained, a weight is off an even share by \d % on average$/m,
  },
  { says: "a point in a space of 16 dimensions", shows: /^characters +wte +27 × 16 +432$/m },
  {
    says: "the plane in which the 27 points differ most",
    runs: /const points = more\.characters\.map/,
  },
  { says: "The plane shows a third.", shows: /^in the plane: 3\d % of the squared distances$/m },
  {
    says: "the neighbours of `e` are other vowels and the dot, and those of `k` are consonants",
    shows: /^e +o a i y .*\nk +m d v c z$/m,
  },
  { says: "among the neighbours of `a` are three consonants", shows: /^a +o e q g s$/m },
  {
    says: "From the second letter on the model is ahead, most of all towards the end of long names",
    shows: /^the table of pairs +3\.01 .* 1\.67\nthe model +3\.02 +1\.76 .* 1\.04$/m,
  },
  {
    says: "The second letter is the easiest of the first five",
    shows:
      /^the table of pairs +3\.01 +2\.08 +2\.73 +2\.68 +2\.25 .*\nthe model +3\.02 +1\.76 +2\.29 +2\.38 +2\.09 /m,
  },
  {
    says:
      "Five of the blue letters, `a`, `e`, `i`, `o` and `y`, lie together at the upper right, " +
      "and no consonant is among them",
    shows: /^in the rectangle of a, e, i, o, y: a e i o y$/m,
  },
  {
    says: "its second position looks back with four heads",
    runs: /const \[inModel\] = read\(more, "e"\)\.maps\[1\];/,
  },
  {
    says: "a dot product of a query and a key, divided by 2",
    runs: /\.div\(Math\.sqrt\(query\.length\)\)/,
  },
  { shows: /^the same as in the model: true$/m },
  {
    says: "There are two paths, because the score comes in twice",
    shows: /^There are 2 paths from score of e to weight: /m,
  },
  {
    says:
      "Along the first, the derivative is the weight itself; along the second, it is minus its " +
      "square.",
    shows: /weight · 1 = 0\.4553 · 1 = 0\.4553\n.* = −0\.2073$/m,
  },
  {
    says: "the sixteen weights at the last position, four positions for each of four heads",
    shows: /^head +on \. +on e +on v +on a\n +1 .*\n +2 .*\n +3 .*\n +4 /m,
  },
  {
    says: "Sixty million paths lead from just one of them",
    shows: /^surprise at the end of eva: 1\.3\d+\npaths from w, .*: 60,557,056$/m,
  },
  {
    says: "in the second head that is −0.13, and only the `v` lies below it",
    shows: /^ +2 +0\.16 \(-0\.04\) +0\.25 \(-0\.07\) +0\.41 \(-0\.30\) +0\.18 \(0\.10\)$/m,
  },
  { says: "about 30,000 times as many", shows: /^parameters +4,192 +124,439,808$/m },
  {
    says: "ours read 33 kilobytes",
    shows: /^4663 names to learn from: 32646 questions$/m,
  },
  {
    says: "at most 15 to a word, because there are 16 positions",
    shows: /^positions +wpe +16 × 16 +256$/m,
  },
  {
    says: "more parameters than it was asked questions",
    shows: /^118 words, 1041 questions\nloss on these words: 0\.7\d+\n/m,
  },
  {
    says: "almost half of what it writes is on the list",
    shows: /^on the list: (\w+, ){18}\w+\nnew: (\w+, ){20}\w+$/m,
  },
  {
    says: "4,192 parameters do the work of a table of half a million numbers.",
    shows: /^a table, 3 back +531,441 .* 2\.068\n.*\n.* 2\.071$/m,
  },
];

export const given: readonly Given[] = [
  "There, training takes a minute or more.",
  "a row of 27 weights for each score",
  "weights of a head add up to 1",
  "published in 2026: a GPT in two hundred lines of Python",
  "You will meet all three words.",
  "Now the model, in three bites.",
  "about an hour and a half; running all cells takes less than a minute",
  "In 1913 A. A. Markov went through 20,000 letters",
  "a probability of 0 would cost",
  "seen twice knows little",
  "Because $x$ has a single 1",
  "Lists of 16 numbers cannot hold 27 rows of 27 scores exactly",
  "[_A Neural Probabilistic Language Model_], 2003.",
  "[_Root Mean Square Layer Normalization_], 2019.",
  "keeps the divisor away from 0",
  "weights, which add up to 1",
  "random numbers of rms 1",
  "The third change",
  "brings what is read to rms 1 once more",
  "The 16 numbers of a position run",
  "[_Attention Is All You Need_], 2017.",
  "as $T$ approaches 0",
  "a temperature above 0",
  "a graph of several thousand nodes",
  "character's list of 16 numbers by the number",
  "their gradients are 0",
  "all others get 0",
  "adds up to 1 again",
  "only a shadow of 16 dimensions",
  "closest in all 16?",
  "the largest models of today have thousands of times more",
  "GPT-2 read 40 gigabytes",
];
