/** Names that people of the town may have, by where their families' names come from. All combinations are invented. */
export interface Community {
  readonly name: string;
  readonly share: number;
  readonly ethnicities: readonly (readonly [string, number])[];
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly surnames: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const britishSurnames = words(`
  Abbott Adams Atkinson Bailey Baker Barlow Bennett Booth Bradshaw Brook Carter Chadwick Clarke Coles Cooper Cross Dawson Dixon Elliott Fletcher
  Foster Gibson Goodwin Greenwood Hall Harding Harrison Hartley Hayward Hewitt Holden Hollis Hudson Ingram Jackson Kemp Knight Lawson Marsden Mason
  Mills Naylor Newton Norris Osborne Palmer Parkes Pearson Pollard Potter Ramsey Reeves Rowley Sharpe Shepherd Slater Smith Stokes Sutton Sykes
  Taylor Thorne Turner Tyler Wade Walker Watts Webb Whitehouse Wilkins Woodward Wright Wyatt Yates`);

export const communities: readonly Community[] = [
  {
    name: "British, born before 1970",
    share: 28,
    ethnicities: [["White British", 1]],
    women: words(
      "Margaret Jean Patricia Maureen Barbara Dorothy Sheila Brenda Joan Pamela Christine Carol Susan Linda Janet Gillian Marion Audrey Hazel Sandra Kathleen Elizabeth Mary Ann Judith",
    ),
    men: words(
      "John Peter Alan Brian Derek Kenneth Roy Keith Michael David Robert Raymond Ronald Geoffrey Trevor Malcolm Graham Stephen Barry Colin Anthony William Thomas Leslie Roger",
    ),
    surnames: britishSurnames,
  },
  {
    name: "British, born since 1970",
    share: 34,
    ethnicities: [
      ["White British", 93],
      ["White and Black Caribbean", 4],
      ["White and Asian", 3],
    ],
    women: words(
      "Sarah Emma Claire Rebecca Hannah Gemma Jessica Sophie Chloe Amy Lauren Charlotte Emily Katie Olivia Grace Ruby Poppy Isla Freya Amelia Elizabeth Katherine Samantha Victoria Zoe",
    ),
    men: words(
      "Paul Mark Andrew James Daniel Matthew Christopher Thomas Luke Jack Joshua Ryan Oliver Harry George Alfie Noah Oscar Archie Theo Benjamin William Samuel Alexander Robert Jonathan",
    ),
    surnames: britishSurnames,
  },
  {
    name: "Welsh",
    share: 8,
    ethnicities: [["White British", 1]],
    women: words("Rhiannon Siân Bethan Catrin Mair Angharad Cerys Nerys Gwen Eleri Ffion Megan Lowri Delyth"),
    men: words("Gareth Rhys Dafydd Huw Owain Gethin Ieuan Emyr Dylan Gwilym Alun Iwan Llew Morgan"),
    surnames: words("Jones Davies Evans Thomas Pugh Pritchard Bowen Llewellyn Morgan Rees Griffiths Parry Howells Vaughan"),
  },
  {
    name: "Irish",
    share: 5,
    ethnicities: [
      ["Irish", 88],
      ["Gypsy or Irish Traveller", 12],
    ],
    women: words("Siobhán Aoife Niamh Bridget Róisín Deirdre Orla Gráinne Ciara Nuala Maeve Teresa"),
    men: words("Seán Patrick Declan Cormac Eoin Brendan Fergus Niall Ciarán Liam Donal Aidan"),
    surnames: words("O’Brien O’Neill Murphy Kelly Byrne Doherty Gallagher McCarthy Nolan Quinn Flynn O’Sullivan Brennan"),
  },
  {
    name: "Pakistani and Bangladeshi",
    share: 11,
    ethnicities: [
      ["Pakistani", 70],
      ["Bangladeshi", 30],
    ],
    women: words("Aisha Fatima Khadija Zainab Maryam Nasreen Shabana Humaira Rukhsana Sadia Amina Samina Hafsa Yasmin"),
    men: words("Mohammed Imran Tariq Usman Bilal Asif Hamza Yusuf Kamran Shahid Ibrahim Faisal Muhammad Rashid"),
    surnames: words("Khan Ahmed Hussain Begum Ali Akhtar Mahmood Iqbal Rahman Malik Chowdhury Miah Siddiqui Bibi Shah"),
  },
  {
    name: "Indian",
    share: 5,
    ethnicities: [["Indian", 1]],
    women: words("Priya Harpreet Meera Sunita Gurpreet Anjali Kavita Manjit Nisha Deepa Jasvinder Rekha"),
    men: words("Rajesh Harjit Sanjay Arjun Gurdeep Vikram Amit Baldev Nikhil Ravi Sukhdev Anil"),
    surnames: words("Patel Singh Kaur Sharma Gill Desai Mistry Sandhu Joshi Mehta Bains Verma Dhillon"),
  },
  {
    name: "Polish and Romanian",
    share: 5,
    ethnicities: [["Other White", 1]],
    women: words("Agnieszka Katarzyna Małgorzata Ewa Zofia Magdalena Joanna Elena Ioana Beata Danuta"),
    men: words("Piotr Krzysztof Tomasz Łukasz Paweł Andrzej Marek Jakub Andrei Ionuț Michał"),
    surnames: words("Nowak Kowalski Wiśniewski Wójcik Lewandowski Zieliński Szymański Popescu Ionescu Dąbrowski Kamiński"),
  },
  {
    name: "Caribbean and African",
    share: 4,
    ethnicities: [
      ["Caribbean", 50],
      ["African", 50],
    ],
    women: words("Marcia Beverley Ngozi Adaeze Grace Folake Shanice Blessing Yvonne Amara Esther"),
    men: words("Winston Delroy Chidi Emeka Kwame Tunde Leroy Samuel Kofi Errol Ade"),
    surnames: words("Campbell Grant Okafor Adebayo Mensah Boateng Okonkwo Gordon Francis Eze Brown Owusu"),
  },
];

/** Short forms that people give and clerks write. */
export const nicknames: ReadonlyMap<string, readonly string[]> = new Map([
  ["Margaret", ["Maggie", "Peggy"]],
  ["Elizabeth", ["Liz", "Betty"]],
  ["Patricia", ["Pat"]],
  ["Katherine", ["Kate"]],
  ["Katarzyna", ["Kasia"]],
  ["Małgorzata", ["Gosia"]],
  ["Rebecca", ["Becky"]],
  ["Samantha", ["Sam"]],
  ["Victoria", ["Vicky"]],
  ["Christine", ["Chris"]],
  ["Susan", ["Sue"]],
  ["William", ["Bill", "Billy"]],
  ["Robert", ["Bob", "Rob"]],
  ["Michael", ["Mick", "Mike"]],
  ["Anthony", ["Tony"]],
  ["Kenneth", ["Ken"]],
  ["Thomas", ["Tom"]],
  ["Christopher", ["Chris"]],
  ["Andrew", ["Andy"]],
  ["Daniel", ["Dan"]],
  ["Matthew", ["Matt"]],
  ["Benjamin", ["Ben"]],
  ["Alexander", ["Alex"]],
  ["Samuel", ["Sam"]],
  ["Jonathan", ["Jon"]],
  ["Mohammed", ["Mo"]],
  ["Krzysztof", ["Kris"]],
  ["Patrick", ["Paddy", "Pat"]],
  ["Dafydd", ["Dai"]],
  ["Rajesh", ["Raj"]],
  ["Stephen", ["Steve"]],
  ["Ronald", ["Ron"]],
]);
